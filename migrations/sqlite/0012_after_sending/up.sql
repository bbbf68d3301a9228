ALTER TABLE accounts ADD COLUMN deleted_at TIMESTAMP;
CREATE TABLE appeals (
    comment_id BLOB PRIMARY KEY NOT NULL REFERENCES comments (id),
    text TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE TABLE withdrawals (
    comment_id BLOB PRIMARY KEY NOT NULL REFERENCES comments (id),
    reason TEXT NOT NULL,
    withdrawn_at TIMESTAMP NOT NULL
);
CREATE TABLE name_reports (
    id BLOB PRIMARY KEY NOT NULL,
    reference TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    text TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    handled_at TIMESTAMP,
    handled_by BLOB REFERENCES accounts (id),
    note TEXT NOT NULL
);
CREATE INDEX name_reports_open ON name_reports (handled_at, made_at, id);
CREATE TABLE decisions_rounds (
    id BLOB PRIMARY KEY NOT NULL,
    comment_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    statement TEXT NOT NULL,
    note TEXT NOT NULL,
    decided_by BLOB NOT NULL REFERENCES accounts (id),
    decided_at TIMESTAMP NOT NULL,
    round INTEGER NOT NULL,
    UNIQUE (comment_id, revision, round),
    UNIQUE (comment_id, revision, decided_by),
    FOREIGN KEY (comment_id, revision) REFERENCES comment_revisions (comment_id, revision)
);
INSERT INTO decisions_rounds (id, comment_id, revision, outcome, reason, statement, note, decided_by, decided_at, round)
    SELECT id, comment_id, revision, outcome, reason, statement, note, decided_by, decided_at, 0 FROM decisions;
DROP TABLE decisions;
ALTER TABLE decisions_rounds RENAME TO decisions;
