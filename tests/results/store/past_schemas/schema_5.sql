-- What a program of schema 5 added.
INSERT INTO review_facts VALUES ('r1', x'0700000008000000', x'0A01');
