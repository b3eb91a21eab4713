import { plural } from "@/shared/format/number";
import { useStatus } from "@/shared/api/useStatus";
import type { TimeRange } from "@/shared/time/range";
import { Button } from "@/shared/ui/Button";
import { Loaded } from "@/shared/ui/Loaded";
import { Notice } from "@/shared/ui/Notice";
import { TimeText } from "@/shared/ui/TimeText";
import { AnomalyCard } from "./AnomalyCard";
import { byCaller } from "./byCaller";
import { useAnomalies, type AnomalyFilters } from "./useAnomalies";

/** Windows that stood out, page by page. */
export function AnomalyList({ filters, range }: { filters: AnomalyFilters; range: TimeRange }) {
  const query = useAnomalies(range, filters);
  const isTrained = useStatus().data?.warmup_complete ?? false;
  return (
    <Loaded query={query} isSmall skeleton={<div className="skeleton h-64" />}>
      {(data) => {
        const items = data.pages.flatMap((page) => page.items);
        if (items.length === 0) return <Notice look={isTrained ? "good" : "wait"} title="Nobody stood out" isSmall>{isTrained ? "The models judge every caller once a minute; no minute in this time was strange to them." : "The models judge callers once they are trained; until then signatures and baselines watch."}</Notice>;
        return (
          <>
            <ul className="divide-y divide-line">
              {byCaller(items).map(({ worst, more, since }) => (
                <AnomalyCard key={worst.id} item={worst} aside={more > 0 && <>and {plural(more, "more minute")} like it since <TimeText time={since} look="clock" /></>} />
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
