-- the same of trials that train within --param seconds=N on average
SELECT
  substr(trial, 1, 8) AS trial, data_set, engine, cell, device, recipe, vocabulary, length,
  count(test_accuracy) AS n,
  avg(test_accuracy) AS accuracy,
  stddev(test_accuracy) AS sd,
  avg(train_seconds) AS train_seconds
FROM run_summary
WHERE run IN (SELECT max(id) FROM runs WHERE +status = 'finished' GROUP BY trial_id, seed)
GROUP BY run_summary.trial
HAVING count(test_accuracy) > 0 AND avg(train_seconds) <= :seconds
ORDER BY accuracy DESC
LIMIT 20;
