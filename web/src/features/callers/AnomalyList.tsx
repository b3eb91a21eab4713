import type { TimeRange } from "@/shared/time/range";
import { Button } from "@/shared/ui/Button";
import { Loaded } from "@/shared/ui/Loaded";
import { Notice } from "@/shared/ui/Notice";
import { AnomalyCard } from "./AnomalyCard";
import { useAnomalies, type AnomalyFilters } from "./useAnomalies";

/** Windows that stood out, page by page. */
export function AnomalyList({ filters, range }: { filters: AnomalyFilters; range: TimeRange }) {
  const query = useAnomalies(range, filters);
  return (
    <Loaded query={query} isSmall skeleton={<div className="skeleton h-64" />}>
      {(data) => {
        const items = data.pages.flatMap((page) => page.items);
        if (items.length === 0) return <Notice look="good" title="Nobody stood out" isSmall>The models judge callers once they are trained; until then signatures and baselines watch.</Notice>;
        return (
          <>
            <ul className="divide-y divide-line">
              {items.map((item) => (
                <AnomalyCard key={item.id} item={item} />
              ))}
            </ul>
            {query.hasNextPage && (
              <Button className="mt-3 w-full" onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
                {query.isFetchingNextPage ? "Loading…" : "Show older"}
              </Button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
