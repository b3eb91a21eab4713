import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { request, withParams } from "@/shared/api/client";
import type { Page } from "@/shared/api/page";
import type { EndpointRow } from "@/shared/api/traffic";
import { rangeParams, type TimeRange } from "@/shared/time/range";

const most = 1000;

/** Every endpoint with traffic in the time, the busiest first, up to a thousand. */
export function useEndpoints(range: TimeRange, q: string) {
  return useQuery({
    queryKey: ["endpoints", range.key, q],
    queryFn: ({ signal }) => request<Page<EndpointRow>>(withParams("/api/endpoints", { ...rangeParams(range), q, limit: most }), { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: range.isLive ? 30_000 : false,
  });
}
