CREATE TABLE passkeys (
    id BLOB PRIMARY KEY NOT NULL,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    credential_id BLOB NOT NULL,
    public_key BLOB NOT NULL,
    counter BIGINT NOT NULL,
    is_synced BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    added_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE UNIQUE INDEX passkeys_credential ON passkeys (credential_id);
CREATE INDEX passkeys_account ON passkeys (account_id);
CREATE TABLE passkey_challenges (
    hash BLOB PRIMARY KEY NOT NULL,
    browser BLOB NOT NULL,
    purpose TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE INDEX passkey_challenges_browser ON passkey_challenges (browser);
CREATE INDEX passkey_challenges_age ON passkey_challenges (made_at);
