import { useQuery } from "@tanstack/react-query";
import type { Incident } from "@/shared/api/incident";
import { request, withParams } from "@/shared/api/client";
import type { Page } from "@/shared/api/page";
import { rangeParams, type TimeRange } from "@/shared/time/range";

/** Incidents of medium risk and above, the latest first: what the verdict and the feed are made of. */
export function useWorst(range: TimeRange) {
  return useQuery({
    queryKey: ["incidents", "worst", range.key],
    queryFn: ({ signal }) => request<Page<Incident>>(withParams("/api/incidents", { ...rangeParams(range), min_risk: 40, limit: 100 }), { signal }),
    refetchInterval: range.isLive ? 30_000 : false,
  });
}
