import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { Incident } from "@/shared/api/incident";
import { request, withParams } from "@/shared/api/client";
import type { Page } from "@/shared/api/page";
import { rangeParams, type TimeRange } from "@/shared/time/range";
import type { IncidentFilters } from "./filters";

const pageSize = 100;
/** What is kept of an endless list: older pages are a filter away. */
const maxPages = 20;

/** The incidents of a time that pass the filters, newest first, page by page. */
export function useIncidents(range: TimeRange, filters: IncidentFilters) {
  return useInfiniteQuery({
    queryKey: ["incidents", "list", range.key, filters],
    queryFn: ({ signal, pageParam }) => request<Page<Incident>>(withParams("/api/incidents", { ...rangeParams(range), ...filters, limit: pageSize, cursor: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last, pages) => (pages.length < maxPages ? last.next_cursor : null),
    placeholderData: keepPreviousData,
    refetchInterval: range.isLive ? 30_000 : false,
  });
}
