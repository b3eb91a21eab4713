import { useQuery } from "@tanstack/react-query";
import type { Incident } from "@/shared/api/incident";
import { request, withParams } from "@/shared/api/client";
import type { AnomalyItem, CallerRow, TrafficBucket, UsageClass } from "@/shared/api/traffic";
import { rangeParams, type TimeRange } from "@/shared/time/range";

/** What is known of one caller. */
export interface CallerDetail {
  kind: CallerRow["kind"];
  value: string;
  first_seen: string;
  last_seen: string;
  requests: number;
  error_rate: number;
  usage_class: UsageClass | null;
  risk: number;
  traffic: TrafficBucket[];
  endpoints: { endpoint: string; method: string; requests: number; error_rate: number }[];
  transitions: { from: string; to: string; count: number }[];
  incidents: Incident[];
  anomalies: AnomalyItem[];
  user_agents: { user_agent: string; count: number }[];
  related: CallerRow[];
}

export function useCaller(kind: string, value: string, range: TimeRange) {
  const path = `${kind === "user" ? "/api/users" : "/api/clients"}/${encodeURIComponent(value)}`;
  return useQuery({
    queryKey: ["caller", kind, value, range.key],
    queryFn: ({ signal }) => request<CallerDetail>(withParams(path, rangeParams(range)), { signal }),
    enabled: value !== "",
    refetchInterval: range.isLive ? 30_000 : false,
  });
}
