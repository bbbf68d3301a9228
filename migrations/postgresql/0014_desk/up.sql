ALTER TABLE decisions ADD COLUMN answer_by TIMESTAMP;
ALTER TABLE decisions ADD COLUMN batch_id BYTEA;
ALTER TABLE decisions ADD COLUMN undone_at TIMESTAMP;
ALTER TABLE decisions ADD COLUMN undone_by BYTEA REFERENCES accounts (id);
ALTER TABLE decisions ADD COLUMN undone_words TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ALTER COLUMN undone_words DROP DEFAULT;
ALTER TABLE decisions DROP CONSTRAINT decisions_comment_id_revision_round_key;
ALTER TABLE decisions DROP CONSTRAINT decisions_comment_id_revision_decided_by_key;
CREATE UNIQUE INDEX decisions_one ON decisions (comment_id, revision, round) WHERE undone_at IS NULL;
CREATE UNIQUE INDEX decisions_other ON decisions (comment_id, revision, decided_by) WHERE undone_at IS NULL;
CREATE INDEX decisions_comment ON decisions (comment_id, decided_at);
CREATE INDEX decisions_decider ON decisions (decided_by, decided_at, id);
CREATE INDEX decisions_batch ON decisions (batch_id, comment_id);
CREATE TABLE claims (
    comment_id BYTEA PRIMARY KEY NOT NULL REFERENCES comments (id),
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    taken_at TIMESTAMP NOT NULL,
    until TIMESTAMP NOT NULL
);
CREATE INDEX claims_holder ON claims (account_id, until);
CREATE INDEX claims_until ON claims (until);
CREATE TABLE saved_filters (
    id BYTEA PRIMARY KEY NOT NULL,
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    UNIQUE (account_id, name)
);
CREATE TABLE batches (
    id BYTEA PRIMARY KEY NOT NULL,
    made_by BYTEA NOT NULL REFERENCES accounts (id),
    outcome TEXT NOT NULL,
    reason TEXT,
    made_at TIMESTAMP NOT NULL
);
CREATE TABLE batch_items (
    batch_id BYTEA NOT NULL REFERENCES batches (id),
    place INTEGER NOT NULL,
    comment_id BYTEA NOT NULL REFERENCES comments (id),
    result TEXT NOT NULL,
    other_id BYTEA REFERENCES accounts (id),
    PRIMARY KEY (batch_id, place)
);
CREATE TABLE desk_settings (
    account_id BYTEA PRIMARY KEY NOT NULL REFERENCES accounts (id),
    shortcuts BOOLEAN NOT NULL
);
ALTER TABLE comments ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE comments ADD COLUMN priority INTEGER NOT NULL DEFAULT 1;
DROP INDEX comments_queue;
DROP INDEX comments_norm_kind;
CREATE INDEX comments_queue ON comments (state, priority, submitted_at, id);
CREATE INDEX comments_queue_norm ON comments (state, norm_id, priority, submitted_at, id, kind, stakeholder_group, language);
CREATE INDEX comments_queue_kind ON comments (state, kind, priority, submitted_at, id, norm_id, stakeholder_group, language);
CREATE INDEX comments_queue_group ON comments (state, stakeholder_group, priority, submitted_at, id, norm_id, kind, language);
CREATE INDEX comments_queue_language ON comments (state, language, priority, submitted_at, id, norm_id, kind, stakeholder_group);
CREATE INDEX comments_queue_organisation ON comments (organisation, state, priority, submitted_at, id);
