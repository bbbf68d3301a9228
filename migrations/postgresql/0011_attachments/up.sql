CREATE TABLE attachments (
    id BYTEA PRIMARY KEY NOT NULL,
    holder BYTEA NOT NULL,
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX attachments_holder ON attachments (holder, created_at, id);
CREATE INDEX attachments_account ON attachments (account_id, created_at, id);
CREATE INDEX attachments_created ON attachments (created_at);
