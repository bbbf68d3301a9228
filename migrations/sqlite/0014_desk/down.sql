DROP INDEX comments_queue_organisation;
DROP INDEX comments_queue_language;
DROP INDEX comments_queue_group;
DROP INDEX comments_queue_kind;
DROP INDEX comments_queue_norm;
DROP INDEX comments_queue;
CREATE INDEX comments_queue ON comments (state, submitted_at, id);
CREATE INDEX comments_norm_kind ON comments (norm_id, kind, state, place, submitted_at, id);
ALTER TABLE comments DROP COLUMN priority;
ALTER TABLE comments DROP COLUMN language;
DROP TABLE desk_settings;
DROP TABLE batch_items;
DROP TABLE batches;
DROP TABLE saved_filters;
DROP TABLE claims;
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
    SELECT id, comment_id, revision, outcome, reason, statement, note, decided_by, decided_at, round FROM decisions WHERE undone_at IS NULL;
DROP TABLE decisions;
ALTER TABLE decisions_rounds RENAME TO decisions;
