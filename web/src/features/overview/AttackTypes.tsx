import { Link, useSearchParams } from "react-router";
import type { Stats } from "@/shared/api/useStats";
import { BarList } from "@/shared/charts/BarList";
import { formatCount } from "@/shared/format/number";
import { typeInfo } from "@/shared/incident/types";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { pagePath } from "@/shared/ui/paths";

const shown = 8;

/** Incidents by type, each leading to its list. */
export function AttackTypes({ stats, className }: { stats: Stats; className?: string }) {
  const [search] = useSearchParams();
  const rows = Object.entries(stats.incidents.by_type).sort(([, a], [, b]) => b - a);
  return (
    <Panel title="By type" hint="Incidents of the chosen time by what they are." className={className}>
      {rows.length === 0 ? (
        <Notice look="good" title="No incidents" isSmall />
      ) : (
        <BarList
          rows={rows.slice(0, shown).map(([type, count]) => ({
            key: type,
            label: <Link to={pagePath("/incidents", search, { type })} className="hover:text-accent hover:underline">{typeInfo(type).title}</Link>,
            value: count,
            shown: formatCount(count),
            color: "var(--high-fill)",
            hint: typeInfo(type).means,
          }))}
        />
      )}
    </Panel>
  );
}
