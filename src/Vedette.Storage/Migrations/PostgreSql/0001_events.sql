-- One partition holds one UTC day; it is created with its first event. time_ms: milliseconds since 1970; seq: number of writing; together they are the order of all lists.
CREATE TABLE events (
  time_ms BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  micros SMALLINT NOT NULL,
  method TEXT,
  path TEXT,
  query TEXT,
  route TEXT,
  status SMALLINT,
  duration BIGINT,
  client BYTEA,
  client_name TEXT,
  user_name TEXT,
  session TEXT,
  api_key TEXT,
  request_bytes BIGINT,
  response_bytes BIGINT,
  agent TEXT,
  referer TEXT,
  host TEXT,
  protocol TEXT,
  source TEXT,
  headers TEXT,
  body TEXT,
  score SMALLINT NOT NULL,
  types TEXT,
  flags SMALLINT NOT NULL
) PARTITION BY RANGE (time_ms);

CREATE INDEX events_time ON events (time_ms DESC, seq DESC);
CREATE INDEX events_route ON events (route COLLATE "C", time_ms DESC, seq DESC);

-- Roll-ups: span is 1 (a minute) or 60 (an hour), start and the minutes are counted since 1970.
CREATE TABLE traffic (
  span SMALLINT NOT NULL,
  kind SMALLINT NOT NULL,
  start BIGINT NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  detail TEXT COLLATE "C" NOT NULL,
  first_minute BIGINT NOT NULL,
  last_minute BIGINT NOT NULL,
  requests BIGINT NOT NULL,
  client_errors BIGINT NOT NULL,
  server_errors BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  anomalies BIGINT NOT NULL,
  authenticated BIGINT NOT NULL,
  request_bytes BIGINT NOT NULL,
  response_bytes BIGINT NOT NULL,
  duration_sum BIGINT NOT NULL,
  duration_max BIGINT NOT NULL,
  max_score DOUBLE PRECISION NOT NULL,
  latency BYTEA NOT NULL,
  PRIMARY KEY (span, kind, start, key, detail)
) WITH (fillfactor = 70);

CREATE INDEX traffic_key ON traffic (kind, key, span, start);

-- Minutes with rows that the roll-ups do not count yet: those whose number of writing is above rolled_up.
CREATE TABLE open_minutes (minute BIGINT PRIMARY KEY);

CREATE TABLE progress (
  one SMALLINT PRIMARY KEY CHECK (one = 1),
  written BIGINT NOT NULL,
  rolled_up BIGINT NOT NULL
);
INSERT INTO progress VALUES (1, 0, 0);

CREATE TABLE receipts (
  key TEXT COLLATE "C" PRIMARY KEY,
  accepted INTEGER NOT NULL,
  answer TEXT NOT NULL,
  time BIGINT NOT NULL
);
CREATE INDEX receipts_time ON receipts (time);
