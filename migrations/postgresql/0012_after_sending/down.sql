DELETE FROM decisions WHERE round > 0;
ALTER TABLE decisions DROP CONSTRAINT decisions_comment_id_revision_decided_by_key;
ALTER TABLE decisions DROP COLUMN round;
ALTER TABLE decisions ADD UNIQUE (comment_id, revision);
DROP TABLE name_reports;
DROP TABLE withdrawals;
DROP TABLE appeals;
ALTER TABLE accounts DROP COLUMN deleted_at;
