-- experiments with their trials and the runs that they started
SELECT
  experiments.id AS experiment,
  name,
  (SELECT count(*) FROM experiment_trials WHERE experiment_id = experiments.id) AS trials,
  count(*) FILTER (WHERE status = 'finished') AS finished,
  count(*) FILTER (WHERE status = 'running') AS running,
  count(*) FILTER (WHERE status = 'failed') AS failed,
  count(*) FILTER (WHERE status = 'interrupted') AS interrupted,
  count(*) FILTER (WHERE status = 'skipped') AS skipped,
  experiments.created,
  question
FROM experiments
LEFT JOIN runs ON runs.experiment_id = experiments.id
GROUP BY experiments.id
ORDER BY experiments.id;
