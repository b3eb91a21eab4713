export type Level = "CRITICAL" | "HIGH" | "MEDIUM" | "LOW";
export type Verdict = "confirmed" | "false_positive" | "benign";
export type ActorKind = "ip" | "user" | "session" | "api_key" | "endpoint" | "distributed";

export interface Actor {
  kind: ActorKind;
  value: string;
  members?: string[];
}

/** A number that drove an incident, beside what is normal here. `contribution` is its share, 0–1. */
export interface Driver {
  feature: string;
  value: number;
  baseline: number;
  contribution: number;
}

/** A line that proves an incident; `line` counts from 1 in its source. */
export interface Evidence {
  line: number;
  text: string;
  source?: number;
}

/** One campaign or one fault. Times are RFC 3339 in UTC; risk is 0–100. */
export interface Incident {
  id: string;
  type: string;
  risk: number;
  level: Level;
  confidence: number;
  actor: Actor;
  endpoint: string | null;
  first_seen: string;
  last_seen: string;
  detected_at: string;
  events: number;
  explanation: string;
  drivers: Driver[];
  models: Record<string, number>;
  also_seen?: string[];
  evidence: Evidence[];
  owasp_api: string[];
  mitre_attack: string[];
  /** Id of the campaign it turned out to belong to; absent for an incident of its own. */
  part_of?: string | null;
  verdict?: Verdict | null;
}

export interface Feedback {
  verdict: Verdict;
  note: string | null;
  by: string;
  time: string;
}
