CREATE TABLE arrivals (
    seq INTEGER PRIMARY KEY NOT NULL,
    comment_id BLOB NOT NULL,
    revision INTEGER NOT NULL
);
INSERT INTO arrivals (comment_id, revision) SELECT id, revision FROM comments ORDER BY submitted_at, id;
