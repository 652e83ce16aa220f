-- What a program of schema 4 added.
INSERT INTO checkpoints VALUES (3, 2, 'past.files/run-3/checkpoint', 'c3', 17);
