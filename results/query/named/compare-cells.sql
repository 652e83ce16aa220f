-- two cells, --param one=rnn --param other=lstm, on like trials: mean test accuracy over seeds and the difference
WITH cells AS (
  SELECT data_set, engine, device, recipe, vocabulary, length, cell, count(test_accuracy) AS n,
    avg(test_accuracy) AS accuracy, stddev(test_accuracy) AS sd, avg(train_seconds) AS train_seconds
  FROM run_summary
  WHERE cell IN (:one, :other) AND run IN (SELECT max(id) FROM runs WHERE +status = 'finished' GROUP BY trial_id, seed)
    AND experiment NOT IN ('bench', 'benchmarks')
  GROUP BY data_set, engine, device, recipe, vocabulary, length, cell)
SELECT
  one.data_set, one.engine, one.device, one.recipe, one.vocabulary, one.length,
  one.cell AS one, one.n AS one_n, one.accuracy AS one_accuracy, one.sd AS one_sd, one.train_seconds AS one_seconds,
  other.cell AS other, other.n AS other_n, other.accuracy AS other_accuracy, other.sd AS other_sd,
  other.train_seconds AS other_seconds, other.accuracy - one.accuracy AS difference
FROM cells AS one
JOIN cells AS other USING (data_set, engine, device, recipe, vocabulary, length)
WHERE one.cell = :one AND other.cell = :other
ORDER BY 1, 2, 3, 4, 5, 6;
