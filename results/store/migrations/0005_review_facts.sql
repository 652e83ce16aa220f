-- Schema 5: of reviews that predictions are about, what accuracies can be grouped by.

CREATE TABLE review_facts (
  digest  TEXT PRIMARY KEY REFERENCES review_sets (digest) ON DELETE CASCADE,
  words   BLOB NOT NULL,             -- one little-endian uint32 a review: words of its text, before any cut
  ratings BLOB NOT NULL              -- one byte a review: stars 1 to 10, 0 where the source doesn't say
) STRICT;
