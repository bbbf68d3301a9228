CREATE TABLE jobs (
    id BYTEA PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    lease_until TIMESTAMP NOT NULL,
    requested_by BYTEA NOT NULL REFERENCES accounts (id),
    result TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP
);
CREATE INDEX jobs_waiting ON jobs (state, lease_until, id);
CREATE INDEX jobs_newest ON jobs (kind, created_at);
