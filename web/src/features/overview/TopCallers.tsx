import type { Stats } from "@/shared/api/useStats";
import { formatCompact, formatShare } from "@/shared/format/number";
import { ActorLink } from "@/shared/ui/ActorLink";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";

/** Who sent most, and how it went. */
export function TopCallers({ stats, className }: { stats: Stats; className?: string }) {
  return (
    <Panel title="Busiest callers" hint="Addresses and users with the most requests in the chosen time." className={className}>
      {stats.top_callers.length === 0 ? (
        <Notice title="Nobody has called in this time" isSmall />
      ) : (
        <table className="w-full text-[13px]">
          <thead className="text-left text-[12px] text-muted">
            <tr>
              <th className="w-full pb-1 font-normal">Caller</th>
              <th className="pb-1 pl-3 text-right font-normal">Requests</th>
              <th className="pb-1 pl-3 text-right font-normal">Errors</th>
              <th className="pb-1 pl-3 text-right font-normal">Anomalies</th>
            </tr>
          </thead>
          <tbody>
            {stats.top_callers.slice(0, 8).map((caller) => (
              <tr key={`${caller.kind} ${caller.value}`} className="border-t border-line">
                <td className="max-w-0 truncate py-1.5"><ActorLink actor={caller} /></td>
                <td className="py-1.5 pl-3 text-right">{formatCompact(caller.requests)}</td>
                <td className={`py-1.5 pl-3 text-right ${caller.error_rate > 0.3 ? "text-high" : ""}`}>{formatShare(caller.error_rate)}</td>
                <td className={`py-1.5 pl-3 text-right ${caller.anomalies > 0 ? "text-critical" : "text-muted"}`}>{formatCompact(caller.anomalies)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
