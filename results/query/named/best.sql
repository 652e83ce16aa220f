-- the twenty finished runs with the highest test accuracy
SELECT run, data_set, engine, cell, device, recipe, vocabulary, length, seed, test_accuracy, test_loss, epochs,
  train_seconds
FROM run_summary
WHERE status = 'finished' AND test_accuracy IS NOT NULL
ORDER BY test_accuracy DESC, run
LIMIT 20;
