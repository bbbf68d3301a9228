DROP TABLE comment_flags;
DROP TABLE sender_marks;
DROP TABLE sender_keys;
DROP TABLE comment_reports;
DROP TABLE report_cases;
ALTER TABLE name_reports DROP COLUMN reply;
ALTER TABLE name_reports DROP COLUMN answer;
DROP TABLE received_comments;
ALTER TABLE comments DROP COLUMN channel;
