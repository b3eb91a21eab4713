/** Traffic of one bucket of time. Latencies in milliseconds, `max_score` 0–1. */
export interface TrafficBucket {
  time: string;
  requests: number;
  errors: number;
  client_errors: number;
  server_errors: number;
  anomalies: number;
  mean_ms: number | null;
  p95_ms: number | null;
  max_score: number | null;
}

export type Posture = "authenticated" | "mixed" | "anonymous";

/** What is known of one method and route over a range of time. */
export interface EndpointRow {
  endpoint: string;
  method: string;
  requests: number;
  error_rate: number;
  client_errors: number;
  server_errors: number;
  refused: number;
  anomalies: number;
  mean_ms: number | null;
  p50_ms: number | null;
  p95_ms: number | null;
  p99_ms: number | null;
  max_ms: number | null;
  response_bytes: number;
  authenticated_share: number;
  first_seen: string;
  last_seen: string;
  auth_posture: Posture;
  sensitive: string[];
  failing: boolean;
  failure_probability: number | null;
}

export type UsageClass = "normal" | "heavy" | "bot";

/** What is known of one caller over a range of time. */
export interface CallerRow {
  kind: "ip" | "user" | "session" | "api_key";
  value: string;
  requests: number;
  error_rate: number;
  anomalies: number;
  endpoints: number;
  refused: number;
  first_seen: string;
  last_seen: string;
  max_score: number | null;
  usage_class: UsageClass | null;
}

/** A caller's window that stood out. `risk_score` 0–1, `risk` 0–100. */
export interface AnomalyItem {
  id: string;
  time: string;
  actor: { kind: CallerRow["kind"]; value: string };
  endpoint: string | null;
  anomaly_score: number;
  failure_probability: number | null;
  bot_probability: number | null;
  risk_score: number;
  priority: "HIGH" | "MEDIUM" | "LOW";
  risk: number;
  level: "CRITICAL" | "HIGH" | "MEDIUM" | "LOW";
  usage_class: UsageClass | null;
  features: Record<string, number>;
  votes: Record<string, number>;
  explanation: string;
}
