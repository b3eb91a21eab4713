import { useQuery } from "@tanstack/react-query";
import type { Incident } from "@/shared/api/incident";
import { request, withParams } from "@/shared/api/client";
import type { CallerRow, EndpointRow, TrafficBucket } from "@/shared/api/traffic";
import { rangeParams, type TimeRange } from "@/shared/time/range";

/** What the forecaster says of an endpoint, and how often it was right. Probabilities 0–1 by minutes ahead. */
export interface Forecast {
  probability: Record<string, number>;
  minutes_to_failure: number | null;
  failing: boolean;
  silent: boolean;
  reason: string | null;
  judged: number;
  brier: number | null;
  naive_brier: number | null;
  lead_time_minutes_median: number | null;
  false_alarms_per_day: number | null;
  calibration: { predicted: number; happened: number; count: number }[];
}

export interface EndpointDetail extends EndpointRow {
  traffic: TrafficBucket[];
  by_hour: { hour: number; requests: number; error_rate: number; mean_ms: number | null }[];
  status: Record<"2xx" | "3xx" | "4xx" | "5xx", number>;
  top_callers: CallerRow[];
  incidents: Incident[];
  insights: string[];
  forecast: Forecast | null;
}

export function useEndpoint(endpoint: string, method: string | null, range: TimeRange) {
  return useQuery({
    queryKey: ["endpoint", endpoint, method, range.key],
    // The slash before the name stands for the route's own first one.
    queryFn: ({ signal }) => request<EndpointDetail>(withParams(`/api/analytics/endpoint/${encodeURIComponent(endpoint.replace(/^\//, ""))}`, { ...rangeParams(range), method, buckets: 96 }), { signal }),
    enabled: endpoint !== "",
    refetchInterval: range.isLive ? 30_000 : false,
  });
}
