-- learning curves: loss and accuracy of every run by epoch
SELECT
  run_id AS run, engine, cell, device, vocabulary, length, seed, epoch,
  max(CASE WHEN name = 'loss' AND split = 'train' THEN coalesce(value, 'NaN') END) AS train_loss,
  max(CASE WHEN name = 'accuracy' AND split = 'train' THEN coalesce(value, 'NaN') END) AS train_accuracy,
  max(CASE WHEN name = 'loss' AND split = 'validation' THEN coalesce(value, 'NaN') END) AS validation_loss,
  max(CASE WHEN name = 'accuracy' AND split = 'validation' THEN coalesce(value, 'NaN') END) AS validation_accuracy,
  max(CASE WHEN name = 'loss' AND split = 'test' THEN coalesce(value, 'NaN') END) AS test_loss,
  max(CASE WHEN name = 'accuracy' AND split = 'test' THEN coalesce(value, 'NaN') END) AS test_accuracy
FROM metrics
JOIN runs ON runs.id = metrics.run_id
JOIN trials ON trials.id = runs.trial_id
WHERE step = -1
GROUP BY run_id, epoch
ORDER BY run_id, epoch;
