CREATE TABLE decisions_once (
    id BLOB PRIMARY KEY NOT NULL,
    comment_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    statement TEXT NOT NULL,
    note TEXT NOT NULL,
    decided_by BLOB NOT NULL REFERENCES accounts (id),
    decided_at TIMESTAMP NOT NULL,
    UNIQUE (comment_id, revision),
    FOREIGN KEY (comment_id, revision) REFERENCES comment_revisions (comment_id, revision)
);
INSERT INTO decisions_once (id, comment_id, revision, outcome, reason, statement, note, decided_by, decided_at)
    SELECT id, comment_id, revision, outcome, reason, statement, note, decided_by, decided_at FROM decisions WHERE round = 0;
DROP TABLE decisions;
ALTER TABLE decisions_once RENAME TO decisions;
DROP TABLE name_reports;
DROP TABLE withdrawals;
DROP TABLE appeals;
ALTER TABLE accounts DROP COLUMN deleted_at;
