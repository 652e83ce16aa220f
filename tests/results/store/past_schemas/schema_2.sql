-- What a program of schema 2 added: a record with a NaN error.
INSERT INTO parity_records VALUES
  (1, '{"cell":"rnn"}', 'ff', '{}', 'toy', 'toy', 256, 40, 'libtorch', 'cpu', '{}', 'eigen', 'cpu', '{}', 2, 'float32',
   'not shown', '2026-01-03T10:00:00.000Z');
INSERT INTO parity_errors VALUES
  (1, 'batches', 'one review', 'gradients', 'layers.0.kernel', 'float32', NULL, 1e-4, 'not finite'),
  (1, 'batches', 'one review', 'loss', '', 'float32', 1e-7, 1e-5, '');
