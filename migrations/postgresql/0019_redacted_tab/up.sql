ALTER TABLE comments ADD COLUMN is_redacted BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE comments SET is_redacted = TRUE WHERE EXISTS (
    SELECT 1 FROM comment_revisions
    WHERE comment_id = comments.id AND comment_revisions.revision = comments.revision AND redactions > 0
);
CREATE INDEX comments_redacted ON comments (state, priority, submitted_at, id) WHERE is_redacted;
