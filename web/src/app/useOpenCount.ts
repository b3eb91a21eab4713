import { useQuery } from "@tanstack/react-query";
import type { Incident } from "@/shared/api/incident";
import { request, withParams } from "@/shared/api/client";
import type { Page } from "@/shared/api/page";

const most = 100;

/** Incidents of high risk and above in the last 24 hours that nobody has judged yet, counted up to 100. */
export function useOpenCount() {
  return useQuery({
    queryKey: ["incidents", "open-count"],
    queryFn: async ({ signal }) => {
      const from = new Date(Date.now() - 86_400_000).toISOString();
      const page = await request<Page<Incident>>(withParams("/api/incidents", { from, min_risk: 60, limit: most }), { signal });
      return page.items.filter((incident) => !incident.verdict).length;
    },
    refetchInterval: 60_000,
  });
}
