CREATE TABLE epochs (
    scope TEXT PRIMARY KEY NOT NULL,
    epoch BIGINT NOT NULL
);
INSERT INTO epochs (scope, epoch) VALUES ('record', 0), ('site', 0);
CREATE INDEX comments_published ON comments (published_at, id);
CREATE TABLE positions (
    id BLOB PRIMARY KEY NOT NULL,
    norm_id BLOB NOT NULL REFERENCES norms (id),
    text_version_id BLOB NOT NULL REFERENCES text_versions (id),
    kind TEXT NOT NULL,
    first_word INTEGER NOT NULL,
    last_word INTEGER NOT NULL,
    sort BIGINT NOT NULL,
    digest BLOB NOT NULL,
    comments BIGINT NOT NULL,
    voices BIGINT NOT NULL,
    UNIQUE (norm_id, digest)
);
CREATE INDEX positions_list ON positions (norm_id, kind, sort, id);
CREATE INDEX positions_span ON positions (text_version_id, first_word, last_word, voices, id);
CREATE TABLE position_voices (
    position_id BLOB NOT NULL REFERENCES positions (id),
    voice BLOB NOT NULL,
    comments BIGINT NOT NULL,
    PRIMARY KEY (position_id, voice)
);
CREATE TABLE position_facets (
    position_id BLOB NOT NULL REFERENCES positions (id),
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    norm_id BLOB NOT NULL REFERENCES norms (id),
    kind TEXT NOT NULL,
    sort BIGINT NOT NULL,
    comments BIGINT NOT NULL,
    PRIMARY KEY (position_id, facet, value)
);
CREATE INDEX position_facets_list ON position_facets (norm_id, kind, facet, value, sort, position_id);
CREATE TABLE published (
    seq BIGINT PRIMARY KEY NOT NULL,
    comment_id BLOB NOT NULL UNIQUE REFERENCES comments (id),
    norm_id BLOB NOT NULL REFERENCES norms (id),
    position_id BLOB NOT NULL REFERENCES positions (id),
    kind TEXT NOT NULL,
    stakeholder_group TEXT NOT NULL,
    country TEXT NOT NULL,
    concern TEXT NOT NULL,
    language TEXT NOT NULL,
    voice BLOB NOT NULL
);
CREATE INDEX published_norm ON published (norm_id, seq);
CREATE INDEX published_position ON published (position_id, seq);
CREATE INDEX published_choice ON published (position_id, stakeholder_group, country, concern, language);
CREATE TABLE spans (
    text_version_id BLOB NOT NULL REFERENCES text_versions (id),
    first_word INTEGER NOT NULL,
    last_word INTEGER NOT NULL,
    comments BIGINT NOT NULL,
    voices BIGINT NOT NULL,
    PRIMARY KEY (text_version_id, first_word, last_word)
);
CREATE INDEX spans_warm ON spans (text_version_id, voices, first_word, last_word);
CREATE TABLE span_voices (
    text_version_id BLOB NOT NULL REFERENCES text_versions (id),
    first_word INTEGER NOT NULL,
    last_word INTEGER NOT NULL,
    voice BLOB NOT NULL,
    comments BIGINT NOT NULL,
    PRIMARY KEY (text_version_id, first_word, last_word, voice)
);
CREATE TABLE tallies (
    norm_id BLOB NOT NULL REFERENCES norms (id),
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    comments BIGINT NOT NULL,
    PRIMARY KEY (norm_id, facet, value)
);
CREATE INDEX tallies_facet ON tallies (facet, value, norm_id);
CREATE TABLE announcements (
    id BLOB PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    published_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    withdrawn_at TIMESTAMP,
    written_by BLOB NOT NULL REFERENCES accounts (id),
    version BIGINT NOT NULL
);
CREATE INDEX announcements_list ON announcements (withdrawn_at, published_at, id);
CREATE VIRTUAL TABLE search USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 tokenchars '_-'"
);
