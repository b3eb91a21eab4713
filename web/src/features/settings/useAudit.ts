import { useInfiniteQuery } from "@tanstack/react-query";
import { request, withParams } from "@/shared/api/client";
import type { Page } from "@/shared/api/page";

/** Something somebody changed. */
export interface AuditEntry {
  time: string;
  by: string;
  action: string;
  target: string | null;
  address: string | null;
}

const maxPages = 20;

export function useAudit() {
  return useInfiniteQuery({
    queryKey: ["audit"],
    queryFn: ({ signal, pageParam }) => request<Page<AuditEntry>>(withParams("/api/audit", { limit: 100, cursor: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last, pages) => (pages.length < maxPages ? last.next_cursor : null),
  });
}
