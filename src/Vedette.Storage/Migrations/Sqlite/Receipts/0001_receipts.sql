CREATE TABLE receipts (
  key TEXT PRIMARY KEY,
  accepted INTEGER NOT NULL,
  answer TEXT NOT NULL,
  time INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX receipts_time ON receipts (time);

-- Every commit over several files up to this number is complete.
CREATE TABLE commits (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  completed INTEGER NOT NULL
);
INSERT INTO commits VALUES (1, 0);
