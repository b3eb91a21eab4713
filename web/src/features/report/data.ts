import type { Incident } from "@/shared/api/incident";

/** One thing that was counted, for example a path or a user agent. */
export interface CountRow {
  text: string;
  requests: number;
  errors: number;
  bytes: number;
  /** Mean time in milliseconds; null where the log tells none. */
  mean_ms: number | null;
}

export interface RouteRow extends CountRow {
  method: string;
}

/** Requests of one stretch of time: start in Unix seconds, requests, 4xx, 5xx, bytes sent. */
export type TimeRow = [start: number, requests: number, clientErrors: number, serverErrors: number, bytes: number];

/** What `vedette scan --output html` writes into the report. */
export interface ReportData {
  sources: string[];
  summary: {
    lines: number;
    parsed: number;
    skipped: number;
    first: string | null;
    last: string | null;
    clients: number;
    endpoints: number;
    incidents: number;
    elapsed_ms: number;
    bytes: number;
    by_type: Record<string, number>;
    by_level: Record<string, number>;
    formats: Record<string, number>;
    skipped_reasons: Record<string, number>;
    skipped_samples: { line: number; reason: string; text: string }[];
    warnings: string[];
  };
  traffic: {
    step_seconds: number;
    times: TimeRow[];
    hours: number[];
    statuses: Record<string, number>;
    methods: Record<string, number>;
    bytes: number;
    routes: RouteRow[];
    callers: CountRow[];
    agents: CountRow[];
    agent_kinds: Record<string, number>;
    referers: CountRow[];
    missing: CountRow[];
  };
  incidents: Incident[];
}

/** Reads the data that lies in the page; null if there is none. */
export function readReport(page: Document): ReportData | null {
  const text = page.getElementById("vedette-data")?.textContent?.trim();
  if (!text || text === "null") return null;
  try {
    return JSON.parse(text) as ReportData;
  } catch {
    return null;
  }
}
