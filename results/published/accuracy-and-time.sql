SELECT
  engine, cell, vocabulary, length,
  count(*) AS n,
  round(100 * avg(test_accuracy), 2) AS "test accuracy %",
  round(100 * min(test_accuracy), 2) AS lowest,
  round(100 * max(test_accuracy), 2) AS highest,
  round(avg(train_seconds), 1) AS "training s",
  round((SELECT median(median_ns) / 1e6 FROM timings JOIN runs ON runs.id = run_id
         JOIN trials ON trials.id = trial_id
         WHERE phase = 'step' AND NOT warmup AND trials.key = run_summary.trial), 2) AS "step ms"
FROM run_summary
WHERE status = 'finished'
GROUP BY run_summary.trial
ORDER BY engine, cell, vocabulary, length
