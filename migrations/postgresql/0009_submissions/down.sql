ALTER TABLE comments DROP COLUMN class;
DROP TABLE submission_parts;
DROP TABLE submissions;
