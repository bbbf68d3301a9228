CREATE TABLE submissions (
    id BLOB PRIMARY KEY NOT NULL,
    reference TEXT NOT NULL UNIQUE,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    digest TEXT NOT NULL,
    parts INTEGER NOT NULL,
    publication TEXT NOT NULL,
    submitted_at TIMESTAMP NOT NULL
);
CREATE INDEX submissions_author ON submissions (account_id, submitted_at, id);
CREATE TABLE submission_parts (
    comment_id BLOB PRIMARY KEY NOT NULL REFERENCES comments (id),
    submission_id BLOB NOT NULL REFERENCES submissions (id),
    part INTEGER NOT NULL
);
CREATE INDEX submission_parts_order ON submission_parts (submission_id, part);
ALTER TABLE comments ADD COLUMN class TEXT;
