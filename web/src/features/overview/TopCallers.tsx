import type { Stats } from "@/shared/api/useStats";
import { CallerTable } from "@/shared/ui/CallerTable";
import { Panel } from "@/shared/ui/Panel";

const shown = 8;

/** Who sent most, and how it went. */
export function TopCallers({ stats, className }: { stats: Stats; className?: string }) {
  return (
    <Panel title="Busiest callers" hint="Addresses and users with the most requests in the chosen time." className={className}>
      <CallerTable callers={stats.top_callers.slice(0, shown)} />
    </Panel>
  );
}
