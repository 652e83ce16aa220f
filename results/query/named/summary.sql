-- each trial's finished runs, one a seed (the newest): mean test accuracy with n, standard deviation, half width of the 95 % interval
SELECT
  data_set, recipe, engine, cell, device, vocabulary, length,
  count(test_accuracy) AS n,
  avg(test_accuracy) AS accuracy,
  ci95(test_accuracy) AS ci95,
  stddev(test_accuracy) AS sd,
  min(test_accuracy) AS lowest,
  max(test_accuracy) AS highest,
  avg(train_seconds) AS train_seconds,
  substr(trial, 1, 8) AS trial
FROM run_summary
WHERE run IN (SELECT max(id) FROM runs WHERE status = 'finished' GROUP BY trial_id, seed)
  AND experiment NOT IN ('bench', 'benchmarks') -- they train nothing
GROUP BY run_summary.trial
ORDER BY data_set, recipe, engine, cell, device, vocabulary, length, trial;
