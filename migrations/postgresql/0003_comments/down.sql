DROP TABLE comment_revisions;
DROP TABLE comments;
