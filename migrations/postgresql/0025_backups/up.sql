CREATE TABLE backups (
    id BYTEA PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    by_itself BOOLEAN NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    error TEXT NOT NULL
);
CREATE INDEX backups_list ON backups (begun_at, id);
