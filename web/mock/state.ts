import type { Incident } from "../src/shared/api/incident";
import { makeHostileIncident, makeIncidents } from "./incidents";

/** What the mock can be told to be. */
export interface MockState {
  role: "viewer" | "analyst" | "admin";
  phase: "warmup" | "training" | "ensemble" | "waiting";
  /** The one valid session; another value signs everybody out. */
  session: string;
  isEmpty: boolean;
  isHostile: boolean;
  isFailing: boolean;
  incidents: Incident[];
  feedback: Record<string, { verdict: string; note: string | null; by: string; time: string }[]>;
  views: { name: string; page: string; query: string }[];
  keys: { id: string; name: string; role: string; created_at: string; expires_at: string | null; revoked_at: string | null; last_used_at: string | null }[];
}

export function createState(change: Partial<MockState> = {}): MockState {
  const now = Date.now();
  const incidents = change.isEmpty ? [] : makeIncidents(now);
  if (change.isHostile) incidents.unshift(makeHostileIncident(now));
  return {
    role: "admin", phase: "ensemble", session: "mock", isEmpty: false, isHostile: false, isFailing: false, incidents, feedback: {}, views: [{ name: "Slow payments", page: "explore", query: "endpoint=/api/v1/checkout/payment&min_duration_ms=500" }],
    keys: [
      { id: "k1", name: "first start", role: "admin", created_at: new Date(now - 9e8).toISOString(), expires_at: null, revoked_at: null, last_used_at: new Date(now - 4e4).toISOString() },
      { id: "k2", name: "nginx shipper", role: "ingest", created_at: new Date(now - 8e8).toISOString(), expires_at: null, revoked_at: null, last_used_at: new Date(now - 900).toISOString() },
      { id: "k3", name: "old dashboard", role: "viewer", created_at: new Date(now - 9e9).toISOString(), expires_at: null, revoked_at: new Date(now - 1e9).toISOString(), last_used_at: null },
    ],
    ...change,
  };
}
