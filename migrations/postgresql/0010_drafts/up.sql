CREATE TABLE drafts (
    id BYTEA PRIMARY KEY NOT NULL,
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    organisation_id BYTEA REFERENCES organisations (id),
    purpose TEXT NOT NULL,
    norm_id BYTEA REFERENCES norms (id),
    text_version_id BYTEA REFERENCES text_versions (id),
    kind TEXT,
    reference TEXT,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    version BIGINT NOT NULL,
    edited_by BYTEA NOT NULL REFERENCES accounts (id),
    edited_at TIMESTAMP NOT NULL,
    opened_by BYTEA REFERENCES accounts (id),
    opened_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX drafts_account ON drafts (account_id, edited_at, id);
CREATE INDEX drafts_organisation ON drafts (organisation_id, edited_at, id);
CREATE INDEX drafts_edited ON drafts (edited_at);
