-- parity checks of two engines, the newest first: verdict, worst error of each quantity, and whether seeds show equal accuracy
SELECT
  parity_records.id AS record,
  substr(spec_hash, 1, 8) AS spec,
  data_set, recipe, vocabulary, length,
  reference || '/' || reference_device AS reference,
  candidate || '/' || candidate_device AS candidate,
  parity_records.precision, parity_records.verdict,
  max(CASE WHEN quantity LIKE 'loss%' THEN coalesce(error, 'NaN') END) AS loss,
  max(CASE WHEN quantity = 'probabilities' THEN coalesce(error, 'NaN') END) AS probabilities,
  max(CASE WHEN quantity = 'gradients' THEN coalesce(error, 'NaN') END) AS gradients,
  max(CASE WHEN quantity IN ('update', 'state') THEN coalesce(error, 'NaN') END) AS steps,
  count(*) FILTER (WHERE error IS NULL OR error > bound) AS failed,
  count(*) AS comparisons,
  parity_records.checked,
  (SELECT printf('%s (margin %g, %d seeds, %s)', verdict, margin,
                 (SELECT count(*) FROM parity_seeds WHERE parity_id = equivalences.parity_id),
                 CASE WHEN low = high THEN 'every seed alike' WHEN p < 0.001 THEN 'p < 0.001'
                      ELSE printf('p = %.3f', p) END)
   FROM parity_equivalences AS equivalences WHERE parity_id = parity_records.id) AS accuracy
FROM parity_records
JOIN parity_errors ON parity_errors.parity_id = parity_records.id
GROUP BY parity_records.id
ORDER BY parity_records.id DESC;
