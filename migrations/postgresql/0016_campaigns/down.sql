DROP TABLE alike_totals;
DROP TABLE bands;
DROP TABLE cluster_texts;
DROP TABLE cluster_members;
DROP TABLE clusters;
DROP TABLE arrivals;
