CREATE TABLE unscanned_files (
    attachment_id BLOB PRIMARY KEY NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    tried_at TIMESTAMP NOT NULL
);
CREATE INDEX unscanned_files_list ON unscanned_files (tried_at, attachment_id);
