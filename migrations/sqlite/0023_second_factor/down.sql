DROP TABLE recovery_codes;
DROP TABLE second_factors;
DROP TABLE half_sessions;
ALTER TABLE sessions DROP COLUMN tries;
ALTER TABLE sessions DROP COLUMN verified_at;
ALTER TABLE sessions DROP COLUMN device;
