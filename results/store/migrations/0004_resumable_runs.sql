-- Schema 4: runs that can be resumed, merged and found among a hundred thousand.

ALTER TABLE experiments ADD COLUMN note TEXT NOT NULL DEFAULT '';

ALTER TABLE runs ADD COLUMN uid TEXT NOT NULL DEFAULT '';             -- the same in every copy of this run
ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN output TEXT NOT NULL DEFAULT '';          -- of a failed run: the last that its process wrote
ALTER TABLE runs ADD COLUMN seconds REAL;                             -- from its begin to its end, of all its sessions
ALTER TABLE runs ADD COLUMN estimated_seconds REAL;                   -- what the plan said of `seconds`; NULL: nothing
-- What is the run's own of what decides its figures: the seed of each source, the processors it might use.
ALTER TABLE runs ADD COLUMN particulars TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(particulars));
-- Copies of metrics for lists: of the last epoch that has them. NULL: none, or NaN.
ALTER TABLE runs ADD COLUMN epochs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN validation_accuracy REAL;
ALTER TABLE runs ADD COLUMN test_accuracy REAL;
ALTER TABLE runs ADD COLUMN test_loss REAL;

-- A run of an earlier schema is named by what can't be twice.
UPDATE runs SET
  uid = printf('%s-%d-%d-%d', host, process, process_start, id),
  seconds = (julianday(finished) - julianday(started)) * 86400.0,
  epochs = coalesce((SELECT max(epoch) FROM metrics WHERE run_id = runs.id AND name = 'loss' AND split = 'train'), 0),
  validation_accuracy = (SELECT value FROM metrics WHERE run_id = runs.id AND name = 'accuracy'
                         AND split = 'validation' ORDER BY epoch DESC LIMIT 1),
  test_accuracy = (SELECT value FROM metrics WHERE run_id = runs.id AND name = 'accuracy' AND split = 'test'
                   ORDER BY epoch DESC LIMIT 1),
  test_loss = (SELECT value FROM metrics WHERE run_id = runs.id AND name = 'loss' AND split = 'test'
               ORDER BY epoch DESC LIMIT 1);
CREATE UNIQUE INDEX runs_by_uid ON runs (uid);

CREATE TABLE experiment_tags (
  experiment_id INTEGER NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
  tag           TEXT NOT NULL,
  PRIMARY KEY (experiment_id, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_tags (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  tag    TEXT NOT NULL,
  PRIMARY KEY (run_id, tag)
) STRICT, WITHOUT ROWID;

-- Where an unfinished run can go on: after which epoch, and the file with the engine's state.
CREATE TABLE checkpoints (
  run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  epoch  INTEGER NOT NULL,
  path   TEXT NOT NULL,              -- relative to the database's folder
  sha256 TEXT NOT NULL,
  bytes  INTEGER NOT NULL
) STRICT;

-- The processes that went on with a run after the one that began it.
CREATE TABLE resumes (
  run_id         INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  resumed        TEXT NOT NULL,
  process        INTEGER NOT NULL,   -- the key's columns come first: SQLite 3.40 finds NULLs in others that precede them
  from_epoch     INTEGER NOT NULL,   -- the first that it trained
  environment_id INTEGER NOT NULL REFERENCES environments (id),
  host           TEXT NOT NULL,
  PRIMARY KEY (run_id, resumed, process)
) STRICT, WITHOUT ROWID;

DROP VIEW run_summary;
-- One row a run; its columns are an interface and never change their meaning.
CREATE VIEW run_summary AS
SELECT
  runs.id AS run, experiments.name AS experiment, trials.key AS trial, trials.engine, trials.cell,
  trials.device, trials.data_set, trials.recipe, trials.vocabulary, trials.length, runs.seed,
  runs.status, runs.reason, runs.epochs, runs.test_accuracy, runs.test_loss,
  runs.train_seconds, runs.started, runs.finished,
  runs.validation_accuracy, runs.seconds, runs.estimated_seconds, runs.host, runs.note, runs.uid,
  coalesce((SELECT group_concat(tag, ' ') FROM
    (SELECT tag FROM run_tags WHERE run_id = runs.id UNION
     SELECT tag FROM experiment_tags WHERE experiment_id = runs.experiment_id ORDER BY tag)), '') AS tags,
  (SELECT count(*) FROM resumes WHERE run_id = runs.id) AS resumes
FROM runs
JOIN trials ON trials.id = runs.trial_id
JOIN experiments ON experiments.id = runs.experiment_id;

-- Also what lists and groups read of a run, so that they needn't read its row.
DROP INDEX runs_by_trial;
CREATE INDEX runs_by_trial ON runs (trial_id, seed, status, experiment_id, epochs, test_accuracy, test_loss,
                                    validation_accuracy, train_seconds, seconds);

-- Views for programs that read the file themselves. Their columns are an interface, as run_summary's are.

-- A row a run and setting; path as experiment files write it: model.layers.0.units. value: 1 and 0 for true and
-- false, NULL for null; type: json_type().
CREATE VIEW run_settings AS
SELECT
  runs.id AS run, replace(replace(replace(substr(setting.fullkey, 3), '[', '.'), ']', ''), '"', '') AS path,
  setting.atom AS value, setting.type
FROM runs
JOIN trials ON trials.id = runs.trial_id
JOIN json_tree(trials.settings) AS setting
WHERE setting.type NOT IN ('object', 'array');

-- A row a run, epoch and metric. value: NULL for NaN.
CREATE VIEW epoch_metrics AS
SELECT run_id AS run, epoch, name, split, value, unit FROM metrics WHERE step = -1;

-- A row a run and metric: of the last epoch that has it. value: NULL for NaN.
CREATE VIEW final_metrics AS
SELECT run_id AS run, epoch, name, split, value, unit FROM metrics
WHERE step = -1 AND epoch = (SELECT max(epoch) FROM metrics AS others WHERE others.run_id = metrics.run_id
                             AND others.name = metrics.name AND others.split = metrics.split AND others.step = -1);

-- A row a run, phase and clock: the median over epochs of an epoch's median, warm-up left out.
CREATE VIEW timing_medians AS
SELECT
  run_id AS run, phase, clock, max(epochs) AS epochs, max(samples) AS samples, avg(median_ns) / 1e6 AS median_ms,
  max(total_ns) / 1e9 AS total_seconds
FROM (
  SELECT
    run_id, phase, clock, median_ns,
    row_number() OVER (PARTITION BY run_id, phase, clock ORDER BY median_ns) AS place,
    count(*) OVER (PARTITION BY run_id, phase, clock) AS epochs,
    sum(count) OVER (PARTITION BY run_id, phase, clock) AS samples,
    sum(total_ns) OVER (PARTITION BY run_id, phase, clock) AS total_ns
  FROM timings
  WHERE NOT warmup)
WHERE place IN ((epochs + 1) / 2, (epochs + 2) / 2)
GROUP BY run_id, phase, clock;
