-- Times are microseconds since 1970.
CREATE TABLE api_keys (
  id TEXT COLLATE "C" PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  hash BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  revoked_at BIGINT
);

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  json TEXT NOT NULL
);

CREATE TABLE decisions (
  id TEXT COLLATE "C" PRIMARY KEY,
  scope TEXT NOT NULL,
  value TEXT NOT NULL,
  type TEXT NOT NULL,
  reason TEXT NOT NULL,
  origin TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  deleted_at BIGINT,
  incident TEXT,
  changed_at BIGINT NOT NULL
);
CREATE INDEX decisions_changed ON decisions (changed_at);
CREATE INDEX decisions_expires ON decisions (expires_at);

CREATE TABLE feedback (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident TEXT NOT NULL,
  verdict TEXT NOT NULL,
  note TEXT,
  given_by TEXT NOT NULL,
  time BIGINT NOT NULL
);
CREATE INDEX feedback_incident ON feedback (incident, id);

CREATE TABLE models (
  version TEXT COLLATE "C" PRIMARY KEY,
  created_at BIGINT NOT NULL,
  is_active BIGINT NOT NULL,
  lineage TEXT NOT NULL
);

CREATE TABLE audit (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  time BIGINT NOT NULL,
  done_by TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  address TEXT NOT NULL
);

CREATE TABLE incidents (
  id TEXT COLLATE "C" PRIMARY KEY,
  type TEXT NOT NULL,
  level TEXT NOT NULL,
  risk BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_value TEXT NOT NULL,
  endpoint TEXT,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  detected_at BIGINT NOT NULL,
  searched TEXT NOT NULL,
  json TEXT NOT NULL
);
CREATE INDEX incidents_detected ON incidents (detected_at, id);
CREATE INDEX incidents_seen ON incidents (last_seen);
CREATE INDEX incidents_actor ON incidents (actor_value);

CREATE TABLE anomalies (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  time BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_value TEXT NOT NULL,
  endpoint TEXT,
  anomaly_score DOUBLE PRECISION NOT NULL,
  failure_probability DOUBLE PRECISION NOT NULL,
  bot_probability DOUBLE PRECISION NOT NULL,
  risk_score DOUBLE PRECISION NOT NULL,
  priority TEXT NOT NULL,
  risk BIGINT NOT NULL,
  usage_class TEXT,
  req_count DOUBLE PRECISION NOT NULL,
  error_rate DOUBLE PRECISION NOT NULL,
  avg_response_time DOUBLE PRECISION NOT NULL,
  max_response_time DOUBLE PRECISION NOT NULL,
  payload_mean DOUBLE PRECISION NOT NULL,
  unique_endpoints DOUBLE PRECISION NOT NULL,
  repeat_rate DOUBLE PRECISION NOT NULL,
  status_entropy DOUBLE PRECISION NOT NULL,
  votes TEXT NOT NULL,
  explanation TEXT NOT NULL
);
CREATE INDEX anomalies_time ON anomalies (time, id);
CREATE INDEX anomalies_endpoint ON anomalies (endpoint, time);
CREATE INDEX anomalies_actor ON anomalies (actor_value, time);

CREATE TABLE profiles (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (kind, value)
);
CREATE INDEX profiles_seen ON profiles (last_seen);
