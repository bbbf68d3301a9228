ALTER TABLE comment_revisions ADD COLUMN redactions INTEGER NOT NULL DEFAULT 0;
CREATE TABLE originals (
    comment_id BYTEA NOT NULL,
    revision INTEGER NOT NULL,
    body TEXT NOT NULL,
    author_name TEXT NOT NULL,
    organisation TEXT,
    kept_at TIMESTAMP NOT NULL,
    PRIMARY KEY (comment_id, revision),
    FOREIGN KEY (comment_id, revision) REFERENCES comment_revisions (comment_id, revision)
);
CREATE TABLE redactions (
    id BYTEA PRIMARY KEY NOT NULL,
    comment_id BYTEA NOT NULL,
    revision INTEGER NOT NULL,
    statement TEXT NOT NULL,
    note TEXT NOT NULL,
    decided_by BYTEA NOT NULL REFERENCES accounts (id),
    decided_at TIMESTAMP NOT NULL,
    appeal_until TIMESTAMP NOT NULL,
    FOREIGN KEY (comment_id, revision) REFERENCES comment_revisions (comment_id, revision)
);
CREATE INDEX redactions_comment ON redactions (comment_id, decided_at, id);
CREATE TABLE redaction_spans (
    redaction_id BYTEA NOT NULL REFERENCES redactions (id),
    ordinal INTEGER NOT NULL,
    field TEXT NOT NULL,
    begins_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    code TEXT NOT NULL,
    mark TEXT NOT NULL,
    reason TEXT NOT NULL,
    lifted BOOLEAN NOT NULL,
    PRIMARY KEY (redaction_id, ordinal)
);
CREATE TABLE redaction_appeals (
    redaction_id BYTEA PRIMARY KEY NOT NULL REFERENCES redactions (id),
    text TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    outcome TEXT,
    statement TEXT NOT NULL,
    decided_by BYTEA REFERENCES accounts (id),
    decided_at TIMESTAMP
);
CREATE INDEX redaction_appeals_list ON redaction_appeals (decided_at, made_at, redaction_id);
CREATE TABLE cleared_files (
    attachment_id BYTEA PRIMARY KEY NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    redaction_id BYTEA NOT NULL REFERENCES redactions (id)
);
CREATE INDEX cleared_files_redaction ON cleared_files (redaction_id);
CREATE TABLE statements (
    once_key TEXT PRIMARY KEY NOT NULL,
    comment_id BYTEA NOT NULL REFERENCES comments (id),
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    appeal_until TIMESTAMP,
    written_at TIMESTAMP NOT NULL
);
CREATE INDEX statements_comment ON statements (comment_id, written_at);
CREATE FUNCTION decisions_second_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM decisions WHERE comment_id = NEW.comment_id AND revision = NEW.revision
            AND round < NEW.round AND decided_by = NEW.decided_by AND undone_at IS NULL
    ) THEN
        RAISE EXCEPTION 'an appeal is decided by somebody else';
    END IF;
    IF trim(NEW.statement) = '' THEN
        RAISE EXCEPTION 'an appeal is answered with reasons';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER decisions_second_look BEFORE INSERT ON decisions
    FOR EACH ROW WHEN (NEW.round > 0) EXECUTE FUNCTION decisions_second_look();
CREATE FUNCTION redaction_appeals_second_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.decided_by IS NOT NULL THEN
            RAISE EXCEPTION 'an appeal is decided after it was made';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.decided_at IS NOT NULL THEN
        RAISE EXCEPTION 'the decision on an appeal is final';
    END IF;
    IF EXISTS (SELECT 1 FROM redactions WHERE id = NEW.redaction_id AND decided_by = NEW.decided_by) THEN
        RAISE EXCEPTION 'an appeal is decided by somebody else';
    END IF;
    IF NEW.decided_at IS NOT NULL AND trim(NEW.statement) = '' THEN
        RAISE EXCEPTION 'an appeal is answered with reasons';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER redaction_appeals_second_look BEFORE INSERT OR UPDATE ON redaction_appeals
    FOR EACH ROW EXECUTE FUNCTION redaction_appeals_second_look();
