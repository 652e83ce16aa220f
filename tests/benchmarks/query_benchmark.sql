-- Fills a new database: {runs} runs of {trials} trials, 100 metric rows a run.
INSERT INTO experiments (name, question, config, created) WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM c WHERE i < 10)
 SELECT printf('experiment-%d', i), 'Which is best?', 'x', '2026-01-01T00:00:00Z' FROM c;
INSERT INTO environments (digest, content) SELECT printf('%064d', value), json_object('processor', json_object('model','EPYC','cores',value)) FROM json_each('[1,2,3]');
INSERT INTO trials (key, settings, engine, cell, device, data_set, recipe, vocabulary, length)
WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM c WHERE i < {trials} - 1),
 s AS (SELECT i, CASE i%2 WHEN 0 THEN 'eigen' ELSE 'libtorch' END AS engine, CASE (i/2)%3 WHEN 0 THEN 'rnn' WHEN 1 THEN 'lstm' ELSE 'gru' END AS cell, 10*(1+(i/6)%4) AS length FROM c)
SELECT printf('%08x%056d', (i*2654435761)%4294967296, i),
 '{"data":{"fingerprint":"6a15eba7280fea7c8ff00d1a1d61b02a10e9f4971afb668120124d28e5b1f7e0","limit":{"seed":0,"test":0,"train":0,"validation":0},"set":"imdb","split":{"kind":"official"},"validation":0.0},"device":"cpu","engine":"' || engine || '","evaluation":{"batch":256,"test":"every_epoch"},"model":{"dense":[],"dropout":0.0,"embedding":{"mask_padding":false,"size":64,"spatial_dropout":0.0,"trainable":true,"vectors":"","zero_padding":false},"head":"softmax","initializers":"pytorch","layers":[{"activation":"tanh","biases":2,"bidirectional":false,"cell":"' || cell || '","input_dropout":0.0,"output_dropout":0.3,"recurrent_dropout":0.0,"units":' || (8 + i % 57) || '}],"pooling":"mean"},"recipe":{"ids":{"first_word":2,"padding":0,"unknown":1},"length":' || length || ',"name":"pytorch-rnn-meanpool","padding":"back","steps":[{"step":"lower"},{"pattern":"<?br\\s*/?>|[0-9.,;:~<>@?]+","step":"delete"},{"on":" ","step":"split"},{"step":"drop","words":"english-198","words_sha256":"c82fe3ffd613100c85140765840f3d095595f089bc3094baee8997938b7428d1"}],"truncation":"back","vocabulary":5000,"vocabulary_from":"train"},"training":{"batch":64,"clip_norm":1.0,"epochs":4,"optimizer":{"beta1":0.9,"beta2":0.999,"epsilon":1e-08,"l2":0.0,"learning_rate":' || ((i / 24 + 1) * 1e-5) || ',"name":"adam"},"threads":0}}',
 engine, cell, 'cpu', 'imdb', 'pytorch-rnn-meanpool', 5000, length FROM s;
INSERT INTO experiment_trials SELECT 1 + (id - 1) * 10 / {trials}, id, id FROM trials;
INSERT INTO runs (experiment_id, trial_id, environment_id, seed, engine_details, status, reason, host, process, process_start, train_seconds, started, finished, uid, seconds, epochs, validation_accuracy, test_accuracy, test_loss)
WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM c WHERE i < {runs} - 1)
SELECT 1 + (i % {trials}) * 10 / {trials}, 1 + i % {trials}, 1 + i % 3, 1 + i / {trials}, '{"cpu_capability":"AVX512","denormals":"flushed","device":"cpu","engine":"libtorch","layout":"time-major","libtorch":"2.11.0","mkldnn":"Intel(R) MKL-DNN v3.10.2 (Git Hash f1d471933dc852f956fd05389f9313c7148783d5)","threads":2}',
 CASE WHEN i % 50 = 7 THEN 'failed' ELSE 'finished' END, CASE WHEN i % 50 = 7 THEN 'loss is not finite' ELSE '' END, 'host', 1, 1, 10 + i % 100 * 0.25, strftime('%Y-%m-%dT%H:%M:%fZ', 1767225600 + i * 10, 'unixepoch'), strftime('%Y-%m-%dT%H:%M:%fZ', 1767225600 + i * 10 + 9, 'unixepoch'),
 printf('%032x', i), 12.5, 25, 0.8 + (i * 7919 % 1000) * 1e-4, 0.79 + (i * 104729 % 1000) * 1e-4, 0.4 FROM c;
INSERT INTO metrics SELECT runs.id, n.name, n.split, e.value, -1, 0.5 + (runs.id * 31 + e.value) % 100 * 0.001, 'x'
 FROM runs, (SELECT 'accuracy' AS name, 'train' AS split UNION ALL SELECT 'accuracy','validation' UNION ALL SELECT 'loss','train' UNION ALL SELECT 'loss','validation') n,
 json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25]') e ORDER BY 1,2,3,4;
INSERT INTO timings (run_id, phase, epoch, clock, warmup, count, total_ns, median_ns, min_ns, max_ns, samples)
 SELECT runs.id, p.value, 1, 'host', 0, 4, 4000000, 900000 + runs.id, 800000, 2000000, zeroblob(32) FROM runs, json_each('["step","epoch"]') p ORDER BY 1;
