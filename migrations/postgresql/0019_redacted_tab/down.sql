DROP INDEX comments_redacted;
ALTER TABLE comments DROP COLUMN is_redacted;
