ALTER TABLE issues ADD COLUMN wording TEXT NOT NULL DEFAULT '';
ALTER TABLE issue_decisions ADD COLUMN wording TEXT NOT NULL DEFAULT '';
CREATE FUNCTION issues_wording_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND NEW.wording <> OLD.wording THEN
        RAISE EXCEPTION 'a proposed decision does not change';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER issues_wording_stays BEFORE UPDATE ON issues
    FOR EACH ROW EXECUTE FUNCTION issues_wording_stays();
