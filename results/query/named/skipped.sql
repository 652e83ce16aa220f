-- runs that could not be done here, and why
SELECT experiment, engine, cell, device, reason, count(*) AS runs
FROM run_summary
WHERE status = 'skipped'
GROUP BY experiment, engine, cell, device, reason
ORDER BY experiment, engine, cell, device, reason;
