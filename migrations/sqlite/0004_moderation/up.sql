CREATE TABLE decisions (
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
