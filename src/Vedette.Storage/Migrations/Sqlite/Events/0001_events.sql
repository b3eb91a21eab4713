-- One file holds one UTC day. id = millisecond of the day << 36 | number of writing in this file, so that walking the primary key backward is "newest first".
-- method to source: an INTEGER is the id of a term, TEXT is the value itself (long or rare). client: INTEGER is IPv4, BLOB of 16 bytes IPv6, TEXT a name.
CREATE TABLE terms (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  micros INTEGER NOT NULL,
  method,
  path TEXT,
  query TEXT,
  route INTEGER,
  status INTEGER,
  duration INTEGER,
  client,
  user,
  session TEXT,
  api_key,
  request_bytes INTEGER,
  response_bytes INTEGER,
  agent,
  referer,
  host,
  protocol,
  source,
  headers TEXT,
  body TEXT,
  score INTEGER NOT NULL,
  types,
  flags INTEGER NOT NULL
);

CREATE INDEX events_route ON events (route) WHERE route IS NOT NULL;

-- Roll-ups: span is 1 (a minute) or 60 (an hour), start and the minutes are counted since 1970.
CREATE TABLE traffic (
  span INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  start INTEGER NOT NULL,
  key TEXT NOT NULL,
  detail TEXT NOT NULL,
  first_minute INTEGER NOT NULL,
  last_minute INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  client_errors INTEGER NOT NULL,
  server_errors INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  anomalies INTEGER NOT NULL,
  authenticated INTEGER NOT NULL,
  request_bytes INTEGER NOT NULL,
  response_bytes INTEGER NOT NULL,
  duration_sum INTEGER NOT NULL,
  duration_max INTEGER NOT NULL,
  max_score REAL NOT NULL,
  latency BLOB NOT NULL,
  PRIMARY KEY (span, kind, start, key, detail)
) WITHOUT ROWID;

CREATE INDEX traffic_key ON traffic (kind, key, span, start);

-- Minutes with rows that the roll-ups do not count yet: those whose number of writing is above rolled_up.
CREATE TABLE open_minutes (minute INTEGER PRIMARY KEY);

CREATE TABLE progress (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  written INTEGER NOT NULL,
  rolled_up INTEGER NOT NULL
);
INSERT INTO progress VALUES (1, 0, 0);

-- The part of a commit over several files that this file holds, until all are known to have it.
CREATE TABLE pending (
  commit_number INTEGER PRIMARY KEY,
  first_written INTEGER NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL
);
