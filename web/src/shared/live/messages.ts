import type { Incident } from "@/shared/api/incident";
import type { Phase } from "@/shared/api/status";
import type { AnomalyItem } from "@/shared/api/traffic";

/** One second of the service. */
export interface LiveStats {
  time: string;
  requests_per_second: number;
  errors_per_second: number;
  anomalies_per_second: number;
  total_requests: number;
  total_anomalies: number;
  phase: Phase;
  lag_seconds: number | null;
  live_clients: number;
}

export type LiveMessage =
  | { type: "stats"; data: LiveStats; seq?: number }
  | { type: "incident"; data: Incident; seq?: number }
  | { type: "anomaly"; data: AnomalyItem; seq?: number }
  | { type: "phase"; data: { phase: Phase }; seq?: number };

/** Reads one message; null for what is none of ours. */
export function parseMessage(text: unknown): LiveMessage | null {
  if (typeof text !== "string") return null;
  try {
    const message = JSON.parse(text) as LiveMessage | null;
    if (typeof message?.data !== "object" || message.data === null) return null;
    return ["stats", "incident", "anomaly", "phase"].includes(message.type) ? message : null;
  } catch {
    return null;
  }
}
