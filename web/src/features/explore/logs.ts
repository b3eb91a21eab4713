import { request, withParams } from "@/shared/api/client";
import type { Page } from "@/shared/api/page";
import { rangeParams, type TimeRange } from "@/shared/time/range";

/** One stored request. */
export interface LogRow {
  id: string;
  timestamp: string;
  method: string;
  path: string;
  query: string | null;
  status: number;
  duration_ms: number | null;
  client_ip: string;
  user: string | null;
  session: string | null;
  api_key?: string | null;
  request_bytes: number | null;
  response_bytes: number | null;
  user_agent: string | null;
  referer: string | null;
  host: string | null;
  protocol: string | null;
  endpoint: string | null;
  anomaly_score: number | null;
  is_anomaly: boolean;
  types: string[];
  source: string | null;
}

export const logFilterNames = ["q", "method", "endpoint", "status", "client_ip", "user", "min_duration_ms"] as const;
export type LogFilters = Record<(typeof logFilterNames)[number], string>;

export function readLogFilters(search: URLSearchParams): LogFilters {
  return Object.fromEntries(logFilterNames.map((name) => [name, search.get(name) ?? ""])) as LogFilters;
}

const pageSize = 200;

/** One page of requests, newest first. `from` and `to` stay the same from page to page, or a cursor would lead astray. */
export function loadLogs(range: TimeRange, filters: LogFilters, openedAt: number): (cursor: string | null) => Promise<Page<LogRow>> {
  const times = rangeParams(range, openedAt);
  return (cursor) => request<Page<LogRow>>(withParams("/api/logs", { ...times, ...filters, limit: pageSize, cursor }));
}
