-- Schema 1. STRICT tables; times are UTC in ISO 8601; durations are integers in nanoseconds.
-- A REAL of NULL is NaN (SQLite has none); infinities are stored as such; 0 is 0.

CREATE TABLE experiments (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  question TEXT NOT NULL,
  config   TEXT NOT NULL,            -- the file, and what --set and --seeds changed
  created  TEXT NOT NULL,            -- when this version was last planned: the newest one is reported
  UNIQUE (name, config)
) STRICT;

CREATE TABLE trials (
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE,   -- SHA-256 of settings
  settings   TEXT NOT NULL CHECK (json_valid(settings)),
  engine     TEXT NOT NULL,
  cell       TEXT NOT NULL,
  device     TEXT NOT NULL,
  data_set   TEXT NOT NULL,
  recipe     TEXT NOT NULL,
  vocabulary INTEGER NOT NULL,
  length     INTEGER NOT NULL
) STRICT;

CREATE TABLE experiment_trials (
  experiment_id INTEGER NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
  trial_id      INTEGER NOT NULL REFERENCES trials (id) ON DELETE CASCADE,
  position      INTEGER NOT NULL,    -- in the matrix, from 1
  PRIMARY KEY (experiment_id, trial_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE environments (
  id      INTEGER PRIMARY KEY,
  digest  TEXT NOT NULL UNIQUE,      -- SHA-256 of content
  content TEXT NOT NULL CHECK (json_valid(content))
) STRICT;

CREATE TABLE runs (
  id             INTEGER PRIMARY KEY,
  experiment_id  INTEGER NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
  trial_id       INTEGER NOT NULL REFERENCES trials (id) ON DELETE CASCADE,
  environment_id INTEGER NOT NULL REFERENCES environments (id),
  seed           INTEGER NOT NULL,
  engine_details TEXT NOT NULL CHECK (json_valid(engine_details)), -- versions, threads, settings
  status         TEXT NOT NULL CHECK (status IN ('running', 'finished', 'failed', 'interrupted', 'skipped')),
  reason         TEXT NOT NULL DEFAULT '',
  host           TEXT NOT NULL,      -- of the process that runs it
  process        INTEGER NOT NULL,
  process_start  INTEGER NOT NULL,   -- clock ticks after boot; tells a reused process number
  train_seconds  REAL,               -- training steps of all epochs, data included, evaluation not
  started        TEXT NOT NULL,
  finished       TEXT                -- NULL while running
) STRICT;
CREATE INDEX runs_by_trial ON runs (trial_id, seed, status);
CREATE INDEX runs_by_experiment ON runs (experiment_id);
CREATE INDEX runs_by_status ON runs (status);

CREATE TABLE metrics (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  name   TEXT NOT NULL,              -- loss, accuracy, gradient_norm, …
  split  TEXT NOT NULL,              -- train, validation, test, or ''
  epoch  INTEGER NOT NULL,           -- from 1
  step   INTEGER NOT NULL DEFAULT -1, -- -1: of the whole epoch
  value  REAL,                       -- NULL: NaN
  unit   TEXT NOT NULL,
  PRIMARY KEY (run_id, name, split, epoch, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE timings (
  run_id    INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  phase     TEXT NOT NULL,           -- data, forward, backward, optimizer, step, evaluate, epoch
  epoch     INTEGER NOT NULL,        -- from 1
  clock     TEXT NOT NULL CHECK (clock IN ('host', 'device')),
  warmup    INTEGER NOT NULL CHECK (warmup IN (0, 1)),
  count     INTEGER NOT NULL,
  total_ns  INTEGER NOT NULL,
  median_ns INTEGER NOT NULL,
  min_ns    INTEGER NOT NULL,
  max_ns    INTEGER NOT NULL,
  samples   BLOB NOT NULL,           -- count little-endian 64-bit integers, ns, in the order taken
  PRIMARY KEY (run_id, phase, epoch, clock, warmup)
) STRICT;

CREATE TABLE review_sets (
  digest TEXT PRIMARY KEY,           -- SHA-256 over texts and labels
  labels BLOB NOT NULL               -- one byte a review: 0 negative, 1 positive
) STRICT;

CREATE TABLE predictions (
  run_id   INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  split    TEXT NOT NULL,
  reviews  TEXT NOT NULL REFERENCES review_sets (digest),
  positive BLOB NOT NULL,            -- one little-endian float32 a review: probability of positive
  PRIMARY KEY (run_id, split)
) STRICT;

CREATE TABLE artifacts (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  kind   TEXT NOT NULL,              -- parameters_best, parameters_last, vocabulary
  path   TEXT NOT NULL,              -- relative to the database's folder
  sha256 TEXT NOT NULL,
  bytes  INTEGER NOT NULL,
  PRIMARY KEY (run_id, kind)
) STRICT;

-- One row a run; its columns are an interface and never change their meaning.
-- test_accuracy and test_loss are those of the last epoch that has them.
CREATE VIEW run_summary AS
SELECT
  runs.id AS run, experiments.name AS experiment, trials.key AS trial, trials.engine, trials.cell,
  trials.device, trials.data_set, trials.recipe, trials.vocabulary, trials.length, runs.seed,
  runs.status, runs.reason,
  coalesce((SELECT max(epoch) FROM metrics WHERE run_id = runs.id AND name = 'loss' AND split = 'train'), 0)
    AS epochs,
  (SELECT value FROM metrics WHERE run_id = runs.id AND name = 'accuracy' AND split = 'test'
   ORDER BY epoch DESC LIMIT 1) AS test_accuracy,
  (SELECT value FROM metrics WHERE run_id = runs.id AND name = 'loss' AND split = 'test'
   ORDER BY epoch DESC LIMIT 1) AS test_loss,
  runs.train_seconds, runs.started, runs.finished
FROM runs
JOIN trials ON trials.id = runs.trial_id
JOIN experiments ON experiments.id = runs.experiment_id;
