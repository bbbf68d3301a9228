DROP TABLE text_versions;
DROP TABLE norms;
DROP TABLE consultations;
