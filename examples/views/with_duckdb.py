"""with_duckdb.py RESULTS.db: the same views in DuckDB's SQL, which finds pandas' tables by their names."""
import sqlite3
import sys

import duckdb
import pandas

database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
runs = pandas.read_sql("SELECT * FROM run_summary WHERE status = 'finished'", database)
timings = pandas.read_sql("SELECT * FROM timing_medians WHERE phase = 'step' AND clock = 'host'", database)
print(duckdb.sql("""
    SELECT engine, cell, count(*) AS n, avg(test_accuracy) AS accuracy, median(median_ms) AS step_ms
    FROM runs LEFT JOIN timings USING (run) GROUP BY ALL ORDER BY ALL""").fetchall())
