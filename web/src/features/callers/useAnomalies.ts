import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { request, withParams } from "@/shared/api/client";
import type { Page } from "@/shared/api/page";
import type { AnomalyItem } from "@/shared/api/traffic";
import { rangeParams, type TimeRange } from "@/shared/time/range";

export interface AnomalyFilters {
  usage_class: string;
  priority: string;
}

const maxPages = 20;

/** Windows of callers that stood out, newest first. */
export function useAnomalies(range: TimeRange, filters: AnomalyFilters) {
  return useInfiniteQuery({
    queryKey: ["anomalies", range.key, filters],
    queryFn: ({ signal, pageParam }) => request<Page<AnomalyItem>>(withParams("/api/anomalies", { ...rangeParams(range), ...filters, limit: 50, cursor: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last, pages) => (pages.length < maxPages ? last.next_cursor : null),
    placeholderData: keepPreviousData,
    refetchInterval: range.isLive ? 30_000 : false,
  });
}
