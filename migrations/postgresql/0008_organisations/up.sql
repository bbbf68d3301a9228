CREATE TABLE organisations (
    id BYTEA PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL UNIQUE,
    domain TEXT UNIQUE,
    stakeholder_group TEXT NOT NULL,
    country TEXT,
    founded_by BYTEA NOT NULL REFERENCES accounts (id),
    confirmed_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE TABLE memberships (
    organisation_id BYTEA NOT NULL REFERENCES organisations (id),
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    state TEXT NOT NULL,
    grounds TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    decided_by BYTEA REFERENCES accounts (id),
    PRIMARY KEY (organisation_id, account_id)
);
CREATE UNIQUE INDEX memberships_one ON memberships (account_id) WHERE state = 'member';
CREATE INDEX memberships_account ON memberships (account_id, state);
CREATE TABLE organisation_comments (
    comment_id BYTEA PRIMARY KEY NOT NULL REFERENCES comments (id),
    organisation_id BYTEA NOT NULL REFERENCES organisations (id),
    submitted_at TIMESTAMP NOT NULL
);
CREATE INDEX organisation_comments_list ON organisation_comments (organisation_id, submitted_at, comment_id);
CREATE TABLE cosignatures (
    comment_id BYTEA NOT NULL REFERENCES comments (id),
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    organisation_id BYTEA REFERENCES organisations (id),
    name TEXT NOT NULL,
    organisation TEXT,
    stakeholder_group TEXT NOT NULL,
    country TEXT,
    signed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (comment_id, account_id)
);
CREATE UNIQUE INDEX cosignatures_organisation ON cosignatures (comment_id, organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX cosignatures_account ON cosignatures (account_id, signed_at);
