CREATE TABLE gate (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    version BIGINT NOT NULL,
    since TIMESTAMP,
    until TIMESTAMP,
    grounds TEXT NOT NULL,
    key BLOB NOT NULL
);
INSERT INTO gate (id, version, since, until, grounds, key) VALUES (1, 0, NULL, NULL, '', x'');
CREATE TABLE gate_passes (
    digest BLOB PRIMARY KEY NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('proof', 'waiting')),
    passed_at TIMESTAMP NOT NULL
);
CREATE INDEX gate_passes_time ON gate_passes (passed_at);
