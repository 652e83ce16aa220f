-- Schema 3: what the engines of a parity record reach when each trains by itself with several seeds.

CREATE TABLE parity_seeds (
  parity_id          INTEGER NOT NULL REFERENCES parity_records (id) ON DELETE CASCADE,
  seed               INTEGER NOT NULL,
  train_reviews      INTEGER NOT NULL,
  test_reviews       INTEGER NOT NULL,
  epochs             INTEGER NOT NULL,
  reference_accuracy REAL NOT NULL,  -- fraction of the test reviews, after the last epoch
  candidate_accuracy REAL NOT NULL,
  PRIMARY KEY (parity_id, seed)
) STRICT, WITHOUT ROWID;

-- Two one-sided tests at 5 % of the differences by seed, candidate less reference, in percentage points.
CREATE TABLE parity_equivalences (
  parity_id  INTEGER PRIMARY KEY REFERENCES parity_records (id) ON DELETE CASCADE,
  verdict    TEXT NOT NULL CHECK (verdict IN ('equivalent', 'different', 'not shown')),
  margin     REAL NOT NULL,          -- fixed before the runs
  difference REAL NOT NULL,          -- mean
  low        REAL NOT NULL,          -- of its 90 % interval
  high       REAL NOT NULL,
  p          REAL NOT NULL,          -- the larger of the two tests'
  chance     REAL NOT NULL,          -- fraction of the test reviews that carry the more frequent label
  checked    TEXT NOT NULL
) STRICT;
