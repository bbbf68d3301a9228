DROP TABLE gate_passes;
DROP TABLE gate;
