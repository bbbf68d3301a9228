ALTER TABLE accounts ADD COLUMN deleted_at TIMESTAMP;
CREATE TABLE appeals (
    comment_id BYTEA PRIMARY KEY NOT NULL REFERENCES comments (id),
    text TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE TABLE withdrawals (
    comment_id BYTEA PRIMARY KEY NOT NULL REFERENCES comments (id),
    reason TEXT NOT NULL,
    withdrawn_at TIMESTAMP NOT NULL
);
CREATE TABLE name_reports (
    id BYTEA PRIMARY KEY NOT NULL,
    reference TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    text TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    handled_at TIMESTAMP,
    handled_by BYTEA REFERENCES accounts (id),
    note TEXT NOT NULL
);
CREATE INDEX name_reports_open ON name_reports (handled_at, made_at, id);
ALTER TABLE decisions ADD COLUMN round INTEGER NOT NULL DEFAULT 0;
ALTER TABLE decisions ALTER COLUMN round DROP DEFAULT;
ALTER TABLE decisions DROP CONSTRAINT decisions_comment_id_revision_key;
ALTER TABLE decisions ADD UNIQUE (comment_id, revision, round);
ALTER TABLE decisions ADD UNIQUE (comment_id, revision, decided_by);
