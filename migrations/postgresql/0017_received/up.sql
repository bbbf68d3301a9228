ALTER TABLE comments ADD COLUMN channel TEXT;
CREATE TABLE received_comments (
    comment_id BYTEA PRIMARY KEY NOT NULL REFERENCES comments (id),
    event TEXT NOT NULL,
    entered_by BYTEA NOT NULL REFERENCES accounts (id),
    entered_at TIMESTAMP NOT NULL
);
ALTER TABLE name_reports ADD COLUMN answer TEXT;
ALTER TABLE name_reports ADD COLUMN reply TEXT NOT NULL DEFAULT '';
CREATE TABLE report_cases (
    id BYTEA PRIMARY KEY NOT NULL,
    comment_id BYTEA NOT NULL REFERENCES comments (id),
    reports INTEGER NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    answered_by BYTEA REFERENCES accounts (id),
    answer TEXT,
    reply TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE UNIQUE INDEX report_cases_one_open ON report_cases (comment_id) WHERE answered_at IS NULL;
CREATE INDEX report_cases_listed ON report_cases (answered_at, opened_at, id);
CREATE TABLE comment_reports (
    id BYTEA PRIMARY KEY NOT NULL,
    case_id BYTEA NOT NULL REFERENCES report_cases (id),
    complaint TEXT NOT NULL,
    text TEXT NOT NULL,
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    sender BYTEA,
    made_at TIMESTAMP NOT NULL
);
CREATE INDEX comment_reports_of_case ON comment_reports (case_id, made_at, id);
CREATE INDEX comment_reports_made ON comment_reports (made_at);
CREATE TABLE sender_keys (
    day TEXT PRIMARY KEY NOT NULL,
    secret BYTEA NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE TABLE sender_marks (
    mark BYTEA NOT NULL,
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (mark, account_id)
);
CREATE INDEX sender_marks_of_account ON sender_marks (account_id);
CREATE TABLE arrival_spans (
    norm_id BYTEA NOT NULL REFERENCES norms (id),
    begins_at TIMESTAMP NOT NULL,
    arrived BIGINT NOT NULL,
    PRIMARY KEY (norm_id, begins_at)
);
CREATE TABLE comment_flags (
    comment_id BYTEA NOT NULL REFERENCES comments (id),
    flag TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (comment_id, flag)
);
CREATE INDEX comment_flags_by_flag ON comment_flags (flag, comment_id);
