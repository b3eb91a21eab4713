-- Times are microseconds since 1970.
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  hash BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER
);

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  json TEXT NOT NULL
);

CREATE TABLE decisions (
  id TEXT PRIMARY KEY,
  scope TEXT NOT NULL,
  value TEXT NOT NULL,
  type TEXT NOT NULL,
  reason TEXT NOT NULL,
  origin TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  deleted_at INTEGER,
  incident TEXT,
  changed_at INTEGER NOT NULL
);
CREATE INDEX decisions_changed ON decisions (changed_at);
CREATE INDEX decisions_expires ON decisions (expires_at);

CREATE TABLE feedback (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  incident TEXT NOT NULL,
  verdict TEXT NOT NULL,
  note TEXT,
  given_by TEXT NOT NULL,
  time INTEGER NOT NULL
);
CREATE INDEX feedback_incident ON feedback (incident, id);

CREATE TABLE models (
  version TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  is_active INTEGER NOT NULL,
  lineage TEXT NOT NULL
);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  done_by TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  address TEXT NOT NULL
);

CREATE TABLE incidents (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  level TEXT NOT NULL,
  risk INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_value TEXT NOT NULL,
  endpoint TEXT,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  detected_at INTEGER NOT NULL,
  searched TEXT NOT NULL,
  json TEXT NOT NULL
);
CREATE INDEX incidents_detected ON incidents (detected_at, id);
CREATE INDEX incidents_seen ON incidents (last_seen);
CREATE INDEX incidents_actor ON incidents (actor_value);

CREATE TABLE anomalies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_value TEXT NOT NULL,
  endpoint TEXT,
  anomaly_score REAL NOT NULL,
  failure_probability REAL NOT NULL,
  bot_probability REAL NOT NULL,
  risk_score REAL NOT NULL,
  priority TEXT NOT NULL,
  risk INTEGER NOT NULL,
  usage_class TEXT,
  req_count REAL NOT NULL,
  error_rate REAL NOT NULL,
  avg_response_time REAL NOT NULL,
  max_response_time REAL NOT NULL,
  payload_mean REAL NOT NULL,
  unique_endpoints REAL NOT NULL,
  repeat_rate REAL NOT NULL,
  status_entropy REAL NOT NULL,
  votes TEXT NOT NULL,
  explanation TEXT NOT NULL
);
CREATE INDEX anomalies_time ON anomalies (time, id);
CREATE INDEX anomalies_endpoint ON anomalies (endpoint, time);
CREATE INDEX anomalies_actor ON anomalies (actor_value, time);

CREATE TABLE profiles (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (kind, value)
) WITHOUT ROWID;
CREATE INDEX profiles_seen ON profiles (last_seen);
