CREATE TABLE reports (
    consultation_id BLOB PRIMARY KEY NOT NULL REFERENCES consultations (id),
    overview TEXT NOT NULL,
    summary TEXT NOT NULL,
    version BIGINT NOT NULL,
    changed_by BLOB NOT NULL REFERENCES accounts (id),
    changed_at TIMESTAMP NOT NULL
);
