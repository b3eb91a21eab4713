import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { rangeParams, type TimeRange } from "@/shared/time/range";
import { request, withParams } from "./client";
import type { Level } from "./incident";
import type { Phase } from "./status";
import type { CallerRow, EndpointRow, TrafficBucket } from "./traffic";

/** Totals, series and leaders over a range of time. Rates are shares, 0–1. */
export interface Stats {
  from: string;
  to: string;
  total_requests: number;
  total_anomalies: number;
  detection_rate: number;
  requests_per_second: number;
  error_rate: number;
  priorities: Record<"HIGH" | "MEDIUM" | "LOW", number>;
  incidents: { total: number; by_type: Record<string, number>; by_level: Partial<Record<Level, number>> };
  anomalies_by_endpoint: Record<string, number>;
  traffic: TrafficBucket[];
  /** Highest risk of an incident in each step of `traffic`, 0–100. */
  risk: number[];
  top_endpoints: EndpointRow[];
  top_callers: CallerRow[];
  top_users: CallerRow[];
  phase: Phase;
  health: string;
  not_watched: string[];
}

export function useStats(range: TimeRange, buckets = 96) {
  return useQuery({
    queryKey: ["stats", range.key, buckets],
    queryFn: ({ signal }) => request<Stats>(withParams("/api/stats", { ...rangeParams(range), buckets }), { signal }),
    refetchInterval: range.isLive ? 15_000 : false,
    placeholderData: keepPreviousData,
  });
}
