-- Schema 2: evidence that two engines compute the same function.

CREATE TABLE parity_records (
  id                INTEGER PRIMARY KEY,
  model             TEXT NOT NULL CHECK (json_valid(model)), -- canonical: equals settings -> '$.model' of trials
  spec_hash         TEXT NOT NULL,   -- SHA-256 of model
  training          TEXT NOT NULL CHECK (json_valid(training)), -- of the training run that points were taken from
  data_set          TEXT NOT NULL,
  recipe            TEXT NOT NULL,
  vocabulary        INTEGER NOT NULL,
  length            INTEGER NOT NULL,
  reference         TEXT NOT NULL,   -- engine
  reference_device  TEXT NOT NULL,
  reference_details TEXT NOT NULL CHECK (json_valid(reference_details)), -- versions, threads, settings
  candidate         TEXT NOT NULL,
  candidate_device  TEXT NOT NULL,
  candidate_details TEXT NOT NULL CHECK (json_valid(candidate_details)),
  environment_id    INTEGER NOT NULL REFERENCES environments (id),
  precision         TEXT NOT NULL CHECK (precision IN ('float32', 'float64')), -- whole steps are in float64
  verdict           TEXT NOT NULL CHECK (verdict IN ('shown', 'not shown')),
  checked           TEXT NOT NULL
) STRICT;
CREATE INDEX parity_records_by_model ON parity_records (spec_hash);

CREATE TABLE parity_errors (
  parity_id   INTEGER NOT NULL REFERENCES parity_records (id) ON DELETE CASCADE,
  check_group TEXT NOT NULL,         -- batches, batches with dropout, optimizer steps, points of training
  check_name  TEXT NOT NULL,
  quantity    TEXT NOT NULL,         -- loss, probabilities, gradients, update, state, …
  tensor      TEXT NOT NULL,         -- '' where the quantity is no tensor
  precision   TEXT NOT NULL,
  error       REAL,                  -- at worst, relative to the tensor's largest entry; NULL: NaN
  bound       REAL NOT NULL,
  problem     TEXT NOT NULL,         -- why values can't be compared, what double decided, or ''
  PRIMARY KEY (parity_id, check_group, check_name, quantity, tensor, precision)
) STRICT, WITHOUT ROWID;
