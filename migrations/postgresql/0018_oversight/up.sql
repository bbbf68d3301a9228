ALTER TABLE accounts ADD COLUMN suspended_at TIMESTAMP;
ALTER TABLE accounts ADD COLUMN digest BOOLEAN NOT NULL DEFAULT TRUE;
CREATE INDEX accounts_suspended ON accounts (suspended_at) WHERE suspended_at IS NOT NULL;
CREATE TABLE staff_grounds (
    id BYTEA PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,
    action TEXT NOT NULL,
    text TEXT NOT NULL,
    written_by BYTEA NOT NULL REFERENCES accounts (id),
    written_at TIMESTAMP NOT NULL
);
CREATE INDEX staff_grounds_subject ON staff_grounds (subject, written_at, id);
CREATE INDEX audit_at ON audit_log (at, seq);
CREATE INDEX audit_actor ON audit_log (actor, at, seq);
CREATE INDEX audit_action ON audit_log (action, at, seq);
CREATE INDEX comments_arrived ON comments (state, norm_id, submitted_at);
CREATE INDEX comments_waiting ON comments (state, submitted_at);
CREATE INDEX decisions_day ON decisions (decided_at, id);
CREATE TABLE day_figures (
    day TEXT NOT NULL,
    norm_id BYTEA NOT NULL REFERENCES norms (id),
    measure TEXT NOT NULL,
    value TEXT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (day, norm_id, measure, value)
);
CREATE INDEX day_figures_measure ON day_figures (measure, value, day, norm_id, n);
CREATE TABLE days_counted (
    day TEXT PRIMARY KEY NOT NULL,
    counted_at TIMESTAMP NOT NULL
);
CREATE TABLE alerts (
    threshold TEXT PRIMARY KEY NOT NULL,
    crossed_at TIMESTAMP NOT NULL
);
