DROP TABLE cosignatures;
DROP TABLE organisation_comments;
DROP TABLE memberships;
DROP TABLE organisations;
