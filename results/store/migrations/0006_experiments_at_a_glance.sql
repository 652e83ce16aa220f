-- Schema 6: what a list of experiments says of their runs, from the index alone.

DROP INDEX runs_by_experiment;
CREATE INDEX runs_by_experiment ON runs (experiment_id, trial_id, status, test_accuracy, started);
