import { Link, useSearchParams } from "react-router";
import { useStatus } from "@/shared/api/useStatus";
import type { TimeRange } from "@/shared/time/range";
import { useNow } from "@/shared/time/useNow";
import { Icon } from "@/shared/ui/Icon";
import { Loaded } from "@/shared/ui/Loaded";
import { pagePath } from "@/shared/ui/paths";
import { useWorst } from "./useWorst";
import { verdictOf } from "./verdict";
import { VerdictIncident } from "./VerdictIncident";

const looks = {
  bad: { icon: "incidents", edge: "border-l-critical-fill", tone: "text-critical" },
  watch: { icon: "flag", edge: "border-l-medium-fill", tone: "text-medium" },
  good: { icon: "check", edge: "border-l-ok", tone: "text-ok" },
  wait: { icon: "clock", edge: "border-l-accent", tone: "text-accent" },
} as const;

/** The ten-second answer: is something wrong, what, who, since when. */
export function Verdict({ range }: { range: TimeRange }) {
  const worst = useWorst(range);
  const status = useStatus().data;
  const now = useNow();
  const [search] = useSearchParams();
  return (
    <Loaded query={worst} skeleton={<div className="skeleton h-20" />}>
      {(page) => {
        const verdict = verdictOf(page.items, status, now, range.isLive, page.next_cursor !== null);
        const look = looks[verdict.look];
        return (
          <section aria-label="State" className={`panel border-l-4 px-4 py-3.5 sm:px-5 ${look.edge}`}>
            <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <h2 className={`flex items-center gap-2 text-[18px] font-semibold tracking-tight ${look.tone}`}>
                <Icon name={look.icon} size={20} />
                {verdict.headline}
              </h2>
              {verdict.detail && <p className="text-muted">{verdict.detail}</p>}
            </div>
            {verdict.incidents.length > 0 && (
              <ul className="mt-3 divide-y divide-line border-t border-line">
                {verdict.incidents.map((incident) => (
                  <VerdictIncident key={incident.id} incident={incident} />
                ))}
              </ul>
            )}
            {verdict.more && (
              <Link to={pagePath("/incidents", search, { min_risk: "40" })} className="mt-1 inline-block text-accent hover:underline">
                {verdict.more}
              </Link>
            )}
          </section>
        );
      }}
    </Loaded>
  );
}
