-- failed and interrupted runs with their reason, the newest first
SELECT run, experiment, engine, cell, device, length, seed, status, epochs, reason, finished
FROM run_summary
WHERE status IN ('failed', 'interrupted')
ORDER BY run DESC;
