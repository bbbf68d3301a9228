CREATE TABLE returned_tables (
    id BLOB PRIMARY KEY NOT NULL,
    layout TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content TEXT NOT NULL,
    uploaded_by BLOB NOT NULL REFERENCES accounts (id),
    uploaded_at TIMESTAMP NOT NULL,
    applied_at TIMESTAMP,
    batch_id BLOB,
    changes BIGINT NOT NULL
);
CREATE INDEX returned_tables_list ON returned_tables (uploaded_at, id);
