-- machines and builds that runs came from
SELECT
  environments.id AS environment,
  count(runs.id) AS runs,
  content ->> '$.system.host' AS host,
  content ->> '$.processor.model' AS processor,
  content ->> '$.processor.cores' AS cores,
  content ->> '$.memory_gib' AS memory_gib,
  content ->> '$.system.name' AS system,
  content ->> '$.build.version' AS version,
  content ->> '$.build.revision' AS revision,
  CASE content ->> '$.build.dirty' WHEN 1 THEN 'dirty' WHEN 0 THEN 'clean' END AS source,
  content ->> '$.build.compiler' AS compiler,
  content ->> '$.build.type' AS build
FROM environments
LEFT JOIN runs ON runs.environment_id = environments.id
GROUP BY environments.id
ORDER BY environments.id;
