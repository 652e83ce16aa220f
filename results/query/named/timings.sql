-- milliseconds of each phase: the median over runs and epochs of an epoch's median, warm-up left out
SELECT
  data_set, engine, cell, device, vocabulary, length, phase, clock,
  count(DISTINCT run_id) AS runs,
  sum(count) AS samples,
  median(median_ns) / 1e6 AS median_ms,
  min(min_ns) / 1e6 AS lowest_ms,
  max(max_ns) / 1e6 AS highest_ms,
  substr(trials.key, 1, 8) AS trial
FROM timings
JOIN runs ON runs.id = timings.run_id
JOIN trials ON trials.id = runs.trial_id
WHERE NOT warmup
GROUP BY trials.id, phase, clock
ORDER BY data_set, engine, cell, device, vocabulary, length, trial, clock,
  CASE phase WHEN 'data' THEN 1 WHEN 'forward' THEN 2 WHEN 'backward' THEN 3 WHEN 'optimizer' THEN 4
    WHEN 'step' THEN 5 WHEN 'evaluate' THEN 6 WHEN 'epoch' THEN 7 ELSE 8 END, phase;
