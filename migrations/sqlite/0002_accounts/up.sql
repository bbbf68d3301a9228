CREATE TABLE accounts (
    id BLOB PRIMARY KEY NOT NULL,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    stakeholder_group TEXT NOT NULL,
    organisation TEXT,
    country TEXT,
    on_behalf_of TEXT NOT NULL,
    language TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    confirmed_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX accounts_staff ON accounts (role) WHERE role <> 'stakeholder';
CREATE TABLE sessions (
    hash BLOB PRIMARY KEY NOT NULL,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE TABLE tokens (
    hash BLOB PRIMARY KEY NOT NULL,
    purpose TEXT NOT NULL,
    account_id BLOB REFERENCES accounts (id),
    detail TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    spent_at TIMESTAMP
);
CREATE INDEX tokens_account ON tokens (account_id, purpose);
