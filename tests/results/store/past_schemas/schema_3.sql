-- What a program of schema 3 added.
INSERT INTO parity_seeds VALUES (1, 1, 2000, 1000, 3, 0.801, 0.803), (1, 2, 2000, 1000, 3, 0.81, 0.814);
INSERT INTO parity_equivalences VALUES
  (1, 'equivalent', 1.0, 0.3, -0.33, 0.93, 0.045, 0.5, '2026-01-03T11:00:00.000Z');
