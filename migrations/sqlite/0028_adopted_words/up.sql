ALTER TABLE issues ADD COLUMN wording TEXT NOT NULL DEFAULT '';
ALTER TABLE issue_decisions ADD COLUMN wording TEXT NOT NULL DEFAULT '';
CREATE TRIGGER issues_wording_stays BEFORE UPDATE ON issues WHEN OLD.state <> 'draft' AND NEW.wording <> OLD.wording BEGIN
    SELECT RAISE(ABORT, 'a proposed decision does not change');
END;
