DROP TRIGGER issues_wording_stays ON issues;
DROP FUNCTION issues_wording_stays();
ALTER TABLE issue_decisions DROP COLUMN wording;
ALTER TABLE issues DROP COLUMN wording;
