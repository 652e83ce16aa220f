-- the trials of an engine, --param engine=NAME, by the median of their step
SELECT engine, cell, vocabulary, length, count(*) AS runs, median(median_ms) AS step_ms
FROM run_summary
JOIN timing_medians USING (run)
WHERE engine = :engine AND phase = 'step' AND clock = 'host'
GROUP BY trial
ORDER BY step_ms DESC;
