"""with_pandas.py RESULTS.db: accuracies by engine and cell, and the last validation loss of each run."""
import sqlite3
import sys

import pandas

database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
runs = pandas.read_sql("SELECT * FROM run_summary WHERE status = 'finished'", database)
print(runs.groupby(["engine", "cell"]).test_accuracy.agg(["mean", "std", "count"]).to_string())

# The other views say `run`; what a run is follows from run_summary.
losses = pandas.read_sql("SELECT * FROM epoch_metrics WHERE name = 'loss'", database).merge(runs, on="run")
by_epoch = losses.pivot_table(index=["engine", "seed", "epoch"], columns="split", values="value")
print(by_epoch.groupby(["engine", "seed"]).tail(1).to_string())
