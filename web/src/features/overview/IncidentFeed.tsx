import { Link, useSearchParams } from "react-router";
import { IncidentLine } from "@/shared/incident/IncidentLine";
import { useLive } from "@/shared/live/useLive";
import type { TimeRange } from "@/shared/time/range";
import { Loaded } from "@/shared/ui/Loaded";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { pagePath } from "@/shared/ui/paths";
import { useWorst } from "./useWorst";

const shown = 6;

/** The latest incidents: what the server has, with what came live in front. */
export function IncidentFeed({ range, className }: { range: TimeRange; className?: string }) {
  const worst = useWorst(range);
  const live = useLive((state) => state.incidents);
  const [search] = useSearchParams();
  return (
    <Panel title="Latest incidents" hint="The newest of medium risk and above; new ones appear by themselves." className={className} aside={<Link to={pagePath("/incidents", search)} className="text-accent hover:underline">All incidents</Link>}>
      <Loaded query={worst} isSmall skeleton={<div className="skeleton h-56" />}>
        {(page) => {
          const fresh = range.isLive ? live.filter((incident) => incident.risk >= 40) : [];
          const known = new Set(fresh.map((incident) => incident.id));
          const list = [...fresh, ...page.items.filter((incident) => !known.has(incident.id))].sort((a, b) => b.last_seen.localeCompare(a.last_seen)).slice(0, shown);
          if (list.length === 0) return <Notice look="good" title="No incidents in this time" isSmall>Quiet is normal: at most about one false alarm a day is allowed for.</Notice>;
          return (
            <ul aria-label="Latest incidents">
              {list.map((incident) => (
                <li key={incident.id}>
                  <IncidentLine incident={incident} />
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Panel>
  );
}
