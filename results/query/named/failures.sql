-- failed and interrupted runs with their reason and last output, the newest first
SELECT run, experiment, engine, cell, device, length, run_summary.seed, run_summary.status, run_summary.epochs,
  run_summary.reason, nullif(trim(substr(output, -200)), '') AS last_output, run_summary.finished
FROM run_summary
JOIN runs ON runs.id = run
WHERE run_summary.status IN ('failed', 'interrupted')
ORDER BY run DESC;
