CREATE TABLE arrivals (
    seq INTEGER PRIMARY KEY NOT NULL,
    comment_id BLOB NOT NULL,
    revision INTEGER NOT NULL
);
INSERT INTO arrivals (comment_id, revision) SELECT id, revision FROM comments ORDER BY submitted_at, id;
CREATE TABLE clusters (
    id BLOB PRIMARY KEY NOT NULL,
    norm_id BLOB NOT NULL REFERENCES norms (id),
    kind TEXT NOT NULL,
    template_comment BLOB NOT NULL REFERENCES comments (id),
    template_revision INTEGER NOT NULL,
    comments BIGINT NOT NULL,
    texts BIGINT NOT NULL,
    is_listed BOOLEAN NOT NULL,
    first_at TIMESTAMP NOT NULL,
    last_at TIMESTAMP NOT NULL,
    merged_into BLOB REFERENCES clusters (id)
);
CREATE INDEX clusters_list ON clusters (is_listed, last_at, id);
CREATE TABLE cluster_members (
    comment_id BLOB PRIMARY KEY NOT NULL REFERENCES comments (id),
    revision INTEGER NOT NULL,
    cluster_id BLOB NOT NULL REFERENCES clusters (id),
    digest BLOB NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    is_pinned BOOLEAN NOT NULL
);
CREATE INDEX cluster_members_text ON cluster_members (cluster_id, digest, sent_at, comment_id);
CREATE TABLE cluster_texts (
    digest BLOB NOT NULL,
    cluster_id BLOB NOT NULL REFERENCES clusters (id),
    comments BIGINT NOT NULL,
    first_at TIMESTAMP NOT NULL,
    first_comment BLOB NOT NULL REFERENCES comments (id),
    PRIMARY KEY (digest, cluster_id)
) WITHOUT ROWID;
CREATE INDEX cluster_texts_list ON cluster_texts (cluster_id, first_at, first_comment);
CREATE TABLE bands (
    key BIGINT NOT NULL,
    cluster_id BLOB NOT NULL,
    PRIMARY KEY (key, cluster_id)
) WITHOUT ROWID;
CREATE TABLE alike_totals (
    norm_id BLOB PRIMARY KEY NOT NULL REFERENCES norms (id),
    comments BIGINT NOT NULL,
    texts BIGINT NOT NULL
);
