CREATE TABLE comments (
    id BYTEA PRIMARY KEY NOT NULL,
    reference TEXT NOT NULL UNIQUE,
    norm_id BYTEA NOT NULL REFERENCES norms (id),
    text_version_id BYTEA NOT NULL REFERENCES text_versions (id),
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    version BIGINT NOT NULL,
    publication TEXT NOT NULL,
    place INTEGER NOT NULL,
    author_name TEXT NOT NULL,
    organisation TEXT,
    stakeholder_group TEXT NOT NULL,
    country TEXT,
    on_behalf_of TEXT NOT NULL,
    submitted_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    published_at TIMESTAMP
);
CREATE INDEX comments_queue ON comments (state, submitted_at, id);
CREATE INDEX comments_author ON comments (account_id, submitted_at, id);
CREATE INDEX comments_norm ON comments (norm_id, state, place, submitted_at, id);
CREATE INDEX comments_norm_kind ON comments (norm_id, kind, state, place, submitted_at, id);
CREATE TABLE comment_revisions (
    comment_id BYTEA NOT NULL REFERENCES comments (id),
    revision INTEGER NOT NULL,
    first_word INTEGER,
    last_word INTEGER,
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    change TEXT,
    proposed_wording TEXT NOT NULL,
    concern TEXT NOT NULL,
    rationale TEXT NOT NULL,
    evidence TEXT NOT NULL,
    acceptable TEXT NOT NULL,
    actor TEXT NOT NULL,
    instrument TEXT NOT NULL,
    action TEXT NOT NULL,
    by_when TEXT NOT NULL,
    example TEXT NOT NULL,
    obstacles TEXT NOT NULL,
    cost TEXT NOT NULL,
    digest TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (comment_id, revision)
);
