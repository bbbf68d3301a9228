ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN verified_at TIMESTAMP;
ALTER TABLE sessions ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
CREATE TABLE half_sessions (
    hash BYTEA PRIMARY KEY NOT NULL,
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    tries BIGINT NOT NULL
);
CREATE INDEX half_sessions_account ON half_sessions (account_id);
CREATE TABLE second_factors (
    account_id BYTEA PRIMARY KEY NOT NULL REFERENCES accounts (id),
    secret BYTEA NOT NULL,
    last_step BIGINT NOT NULL,
    set_at TIMESTAMP NOT NULL,
    tries BIGINT NOT NULL,
    tries_since TIMESTAMP NOT NULL
);
CREATE TABLE recovery_codes (
    hash BYTEA PRIMARY KEY NOT NULL,
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    made_at TIMESTAMP NOT NULL,
    spent_at TIMESTAMP
);
CREATE INDEX recovery_codes_account ON recovery_codes (account_id);
