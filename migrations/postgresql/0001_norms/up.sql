CREATE TABLE consultations (
    id BYTEA PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    commission TEXT NOT NULL,
    summary TEXT NOT NULL,
    summary_source TEXT NOT NULL,
    timeline TEXT NOT NULL,
    opens_at TIMESTAMP NOT NULL,
    closes_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE TABLE norms (
    id BYTEA PRIMARY KEY NOT NULL,
    consultation_id BYTEA NOT NULL REFERENCES consultations (id),
    slug TEXT NOT NULL UNIQUE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    context TEXT NOT NULL,
    context_source TEXT NOT NULL,
    published_wording BIGINT NOT NULL,
    published_lever BIGINT NOT NULL,
    published_general BIGINT NOT NULL,
    UNIQUE (consultation_id, number)
);
CREATE TABLE text_versions (
    id BYTEA PRIMARY KEY NOT NULL,
    norm_id BYTEA NOT NULL REFERENCES norms (id),
    label TEXT NOT NULL,
    dated TEXT NOT NULL,
    source TEXT NOT NULL,
    body TEXT NOT NULL,
    clauses TEXT NOT NULL,
    is_current BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (norm_id, label)
);
