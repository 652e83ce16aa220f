-- Rows as a program of schema 1 wrote them: a run of each status, one with a NaN, one with an infinity.
INSERT INTO experiments VALUES
  (1, 'first', 'Which is best?', 'name = "first"', '2026-01-01T10:00:00.000Z'),
  (2, 'first', 'Which is best?', 'name = "first" # changed', '2026-01-02T10:00:00.000Z');
INSERT INTO trials VALUES
  (1, 'aa', '{"engine":"eigen","model":{"cell":"rnn"}}', 'eigen', 'rnn', 'cpu', 'toy', 'toy', 256, 40),
  (2, 'bb', '{"engine":"libtorch","model":{"cell":"lstm"}}', 'libtorch', 'lstm', 'cuda', 'imdb', 'keras-imdb', 5000, 200);
INSERT INTO experiment_trials VALUES (1, 1, 1), (2, 1, 1), (2, 2, 2);
INSERT INTO environments VALUES (1, 'e1', '{"processor":"a"}'), (2, 'e2', '{"processor":"b"}');
INSERT INTO runs VALUES
  (1, 1, 1, 1, 1, '{"threads":2}', 'finished', '', 'here', 100, 5000, 1.5,
   '2026-01-01T10:00:00.000Z', '2026-01-01T10:00:02.500Z'),
  (2, 2, 2, 1, -1, '{}', 'failed', 'loss is not finite', 'here', 100, 5000, 0.25,
   '2026-01-01T10:00:03.000Z', '2026-01-01T10:00:04.000Z'),
  (3, 2, 1, 2, 2, '{}', 'interrupted', 'interrupted', 'there', 7, 9, NULL,
   '2026-01-02T10:00:00.000Z', '2026-01-02T10:00:01.000Z'),
  (4, 2, 2, 2, 2, '{}', 'skipped', 'no GPU', 'there', 7, 9, NULL,
   '2026-01-02T10:00:02.000Z', '2026-01-02T10:00:02.000Z'),
  (7, 2, 1, 2, 3, '{}', 'running', '', 'there', 8, 10, NULL, '2026-01-02T10:00:05.000Z', NULL);
INSERT INTO metrics (run_id, name, split, epoch, value, unit) VALUES
  (1, 'loss', 'train', 1, 0.7, 'nats'), (1, 'loss', 'train', 2, 0.5, 'nats'),
  (1, 'accuracy', 'validation', 1, 0.75, 'fraction'), (1, 'accuracy', 'validation', 2, 0.8125, 'fraction'),
  (1, 'accuracy', 'test', 2, 0.875, 'fraction'), (1, 'loss', 'test', 2, 0.4375, 'nats'),
  (2, 'loss', 'train', 1, NULL, 'nats'), (2, 'gradient_norm', 'train', 1, 9e999, ''),
  (3, 'loss', 'train', 1, 5e-324, 'nats');
INSERT INTO metrics VALUES (1, 'loss', 'train', 1, 100, 0.65, 'nats');
INSERT INTO timings VALUES
  (1, 'step', 1, 'host', 0, 2, 40, 20, 10, 30, x'0A000000000000001E00000000000000'),
  (1, 'step', 1, 'host', 1, 1, 90, 90, 90, 90, x'5A00000000000000');
INSERT INTO review_sets VALUES ('r1', x'0100');
INSERT INTO predictions VALUES (1, 'test', 'r1', x'0000003F0000803E');
INSERT INTO artifacts VALUES
  (1, 'parameters_best', 'results.files/run-1-best.safetensors', 'cc', 12),
  (1, 'vocabulary', 'results.files/vocabulary-1.json', 'dd', 34);
