import { Link, useSearchParams } from "react-router";
import type { Stats } from "@/shared/api/useStats";
import { BarList } from "@/shared/charts/BarList";
import { formatCount } from "@/shared/format/number";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { endpointPath } from "@/shared/ui/paths";
import { Untrusted } from "@/shared/ui/Untrusted";

const shown = 8;

/** Where anomalous requests went. */
export function AnomaliesByEndpoint({ stats, className }: { stats: Stats; className?: string }) {
  const [search] = useSearchParams();
  const rows = Object.entries(stats.anomalies_by_endpoint).sort(([, a], [, b]) => b - a);
  return (
    <Panel title="Anomalies by endpoint" hint="Anomalous requests of the chosen time, by the route they went to." className={className}>
      {rows.length === 0 ? (
        <Notice look="good" title="No anomalous requests" isSmall />
      ) : (
        <BarList
          rows={rows.slice(0, shown).map(([endpoint, count]) => ({
            key: endpoint,
            label: (
              <Link to={endpointPath(endpoint, undefined, search)} className="hover:text-accent hover:underline">
                <Untrusted text={endpoint} most={80} />
              </Link>
            ),
            value: count,
            shown: formatCount(count),
            color: "var(--critical-fill)",
          }))}
        />
      )}
    </Panel>
  );
}
