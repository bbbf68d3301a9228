ALTER TABLE text_versions ADD COLUMN is_final BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE comments ADD COLUMN issues INTEGER NOT NULL DEFAULT 0;
CREATE INDEX comments_left ON comments (norm_id, submitted_at, id) WHERE issues = 0 AND state = 'published';
CREATE INDEX comments_closed ON comments (norm_id, submitted_at, id) WHERE publication = 'commission' AND state = 'published';
CREATE TABLE issues (
    id BYTEA PRIMARY KEY NOT NULL,
    norm_id BYTEA NOT NULL REFERENCES norms (id),
    number INTEGER NOT NULL,
    about TEXT NOT NULL,
    place INTEGER NOT NULL,
    text_version_id BYTEA NOT NULL REFERENCES text_versions (id),
    first_word INTEGER NOT NULL,
    last_word INTEGER NOT NULL,
    quote TEXT NOT NULL,
    actor TEXT NOT NULL,
    instrument TEXT NOT NULL,
    statement TEXT NOT NULL,
    options TEXT NOT NULL,
    recommendation TEXT NOT NULL,
    disposition TEXT NOT NULL,
    reasons TEXT NOT NULL,
    state TEXT NOT NULL,
    round INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    version BIGINT NOT NULL,
    sent_back TEXT NOT NULL,
    satisfied BIGINT NOT NULL,
    unsatisfied BIGINT NOT NULL,
    created_by BYTEA NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    changed_by BYTEA NOT NULL REFERENCES accounts (id),
    changed_at TIMESTAMP NOT NULL,
    proposed_by BYTEA REFERENCES accounts (id),
    proposed_at TIMESTAMP,
    validated_by BYTEA REFERENCES accounts (id),
    validated_at TIMESTAMP,
    UNIQUE (norm_id, number)
);
CREATE INDEX issues_list ON issues (norm_id, place, number);
CREATE INDEX issues_state ON issues (state, norm_id, number);
CREATE TABLE issue_comments (
    issue_id BYTEA NOT NULL REFERENCES issues (id),
    comment_id BYTEA NOT NULL REFERENCES comments (id),
    disposition TEXT NOT NULL,
    response TEXT NOT NULL,
    version BIGINT NOT NULL,
    answered_by BYTEA REFERENCES accounts (id),
    voice BYTEA NOT NULL,
    said BYTEA NOT NULL,
    put_by BYTEA NOT NULL REFERENCES accounts (id),
    put_at TIMESTAMP NOT NULL,
    PRIMARY KEY (issue_id, comment_id)
);
CREATE INDEX issue_comments_comment ON issue_comments (comment_id, issue_id);
CREATE TABLE issue_decisions (
    id BYTEA PRIMARY KEY NOT NULL,
    issue_id BYTEA NOT NULL REFERENCES issues (id),
    round INTEGER NOT NULL,
    statement TEXT NOT NULL,
    disposition TEXT NOT NULL,
    reasons TEXT NOT NULL,
    proposed_by BYTEA NOT NULL REFERENCES accounts (id),
    validated_by BYTEA NOT NULL REFERENCES accounts (id),
    published_by BYTEA NOT NULL REFERENCES accounts (id),
    published_at TIMESTAMP NOT NULL,
    batch_id BYTEA NOT NULL,
    comments BIGINT NOT NULL,
    UNIQUE (issue_id, round)
);
CREATE INDEX issue_decisions_batch ON issue_decisions (batch_id, published_at, id);
CREATE TABLE answers (
    decision_id BYTEA NOT NULL REFERENCES issue_decisions (id),
    comment_id BYTEA NOT NULL REFERENCES comments (id),
    disposition TEXT NOT NULL,
    response TEXT NOT NULL,
    voice BYTEA NOT NULL,
    said BYTEA NOT NULL,
    PRIMARY KEY (decision_id, comment_id)
);
CREATE INDEX answers_comment ON answers (comment_id, decision_id);
CREATE TABLE satisfactions (
    issue_id BYTEA NOT NULL REFERENCES issues (id),
    comment_id BYTEA NOT NULL REFERENCES comments (id),
    is_satisfied BOOLEAN NOT NULL,
    remark TEXT NOT NULL,
    answered_at TIMESTAMP NOT NULL,
    PRIMARY KEY (issue_id, comment_id)
);
CREATE INDEX satisfactions_list ON satisfactions (issue_id, answered_at, comment_id);
CREATE INDEX satisfactions_comment ON satisfactions (comment_id, issue_id);
CREATE TABLE issue_tallies (
    issue_id BYTEA NOT NULL REFERENCES issues (id),
    edition TEXT NOT NULL,
    stakeholder_group TEXT NOT NULL,
    comments BIGINT NOT NULL,
    voices BIGINT NOT NULL,
    texts BIGINT NOT NULL,
    confidential BIGINT NOT NULL,
    PRIMARY KEY (issue_id, edition, stakeholder_group)
);
CREATE TABLE codes (
    code TEXT PRIMARY KEY NOT NULL,
    label TEXT NOT NULL,
    description TEXT NOT NULL,
    is_retired BOOLEAN NOT NULL,
    comments BIGINT NOT NULL,
    version BIGINT NOT NULL,
    changed_by BYTEA NOT NULL REFERENCES accounts (id),
    changed_at TIMESTAMP NOT NULL
);
CREATE TABLE codings (
    comment_id BYTEA NOT NULL REFERENCES comments (id),
    code TEXT NOT NULL REFERENCES codes (code),
    put_by BYTEA NOT NULL REFERENCES accounts (id),
    put_at TIMESTAMP NOT NULL,
    PRIMARY KEY (comment_id, code)
);
CREATE INDEX codings_code ON codings (code, put_at, comment_id);
CREATE FUNCTION issues_second_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'an issue begins as a draft';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.validated_by = NEW.proposed_by THEN
        RAISE EXCEPTION 'an issue is validated by somebody else';
    END IF;
    IF NEW.state <> 'draft' AND (trim(NEW.reasons) = '' OR trim(NEW.disposition) = '') THEN
        RAISE EXCEPTION 'a decision needs reasons';
    END IF;
    IF NEW.state <> 'draft' AND NEW.proposed_by IS NULL THEN
        RAISE EXCEPTION 'a decision is proposed by somebody';
    END IF;
    IF NEW.state IN ('validated', 'published') AND NEW.validated_by IS NULL THEN
        RAISE EXCEPTION 'a decision is validated before it is published';
    END IF;
    IF OLD.state IN ('proposed', 'validated')
        AND (NEW.statement <> OLD.statement OR NEW.options <> OLD.options OR NEW.recommendation <> OLD.recommendation
            OR NEW.disposition <> OLD.disposition OR NEW.reasons <> OLD.reasons
            OR (NEW.state <> 'draft' AND NEW.proposed_by <> OLD.proposed_by)
            OR (NEW.state <> 'draft' AND OLD.state = 'validated' AND NEW.validated_by <> OLD.validated_by)) THEN
        RAISE EXCEPTION 'a proposed decision does not change';
    END IF;
    IF OLD.state = 'published'
        AND (NEW.statement <> OLD.statement OR NEW.options <> OLD.options OR NEW.recommendation <> OLD.recommendation
            OR NEW.disposition <> OLD.disposition OR NEW.reasons <> OLD.reasons
            OR NEW.state NOT IN ('published', 'draft') OR (NEW.state = 'draft' AND NEW.round <> OLD.round + 1)) THEN
        RAISE EXCEPTION 'a published decision does not change';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER issues_second_person BEFORE INSERT OR UPDATE ON issues
    FOR EACH ROW EXECUTE FUNCTION issues_second_person();
CREATE FUNCTION issue_decisions_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.validated_by = NEW.proposed_by THEN
        RAISE EXCEPTION 'an issue is validated by somebody else';
    END IF;
    IF trim(NEW.reasons) = '' OR trim(NEW.disposition) = '' THEN
        RAISE EXCEPTION 'a decision needs reasons';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER issue_decisions_begin BEFORE INSERT ON issue_decisions
    FOR EACH ROW EXECUTE FUNCTION issue_decisions_begin();
CREATE FUNCTION published_decisions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published decision does not change';
END;
$$;
CREATE TRIGGER issue_decisions_stay BEFORE UPDATE OR DELETE ON issue_decisions
    FOR EACH ROW EXECUTE FUNCTION published_decisions_stay();
CREATE TRIGGER answers_stay BEFORE UPDATE OR DELETE ON answers
    FOR EACH ROW EXECUTE FUNCTION published_decisions_stay();
