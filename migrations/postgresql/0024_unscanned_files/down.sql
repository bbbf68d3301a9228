DROP TABLE unscanned_files;
