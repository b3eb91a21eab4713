import type { EndpointRow } from "@/shared/api/traffic";

/** Columns by which the inventory can be ordered; each puts first what deserves a look. */
export const sortings = {
  requests: (row: EndpointRow) => row.requests,
  error_rate: (row: EndpointRow) => row.error_rate,
  p95_ms: (row: EndpointRow) => row.p95_ms ?? -1,
  anomalies: (row: EndpointRow) => row.anomalies,
  failure: (row: EndpointRow) => (row.failing ? 2 : (row.failure_probability ?? -1)),
} as const;

/** True for what never answered with success: names that scanners guess, hardly endpoints. */
export function isOnlyAsked(row: EndpointRow): boolean {
  return row.client_errors >= row.requests;
}

export type Sorting = keyof typeof sortings;

export function sortEndpoints(rows: readonly EndpointRow[], by: string | null): EndpointRow[] {
  const key = sortings[(by ?? "requests") as Sorting] ?? sortings.requests;
  return [...rows].sort((a, b) => key(b) - key(a));
}
