import type { CallerRow } from "@/shared/api/traffic";
import { formatCompact, formatShare } from "@/shared/format/number";
import { ActorLink } from "./ActorLink";
import { Notice } from "./Notice";

const cell = "border-t border-line py-1.5 pl-3 text-right whitespace-nowrap";

/** Callers with how much they sent and how it went. */
export function CallerTable({ callers, empty = "Nobody has called in this time" }: { callers: readonly CallerRow[]; empty?: string }) {
  if (callers.length === 0) return <Notice title={empty} isSmall />;
  const isClassed = callers.some((caller) => caller.usage_class !== null);
  return (
    <table className="w-full text-[13px]">
      <thead className="text-[12px] text-muted">
        <tr>
          <th scope="col" className="w-full pb-1 text-left font-normal">Caller</th>
          {isClassed && <th scope="col" className="pb-1 pl-3 text-right font-normal" data-hint="Class of use: normal, heavy or bot, by clusters of behavior." tabIndex={0}>Class</th>}
          <th scope="col" className="pb-1 pl-3 text-right font-normal" data-hint="Requests in the chosen time." tabIndex={0}>Requests</th>
          <th scope="col" className="pb-1 pl-3 text-right font-normal" data-hint="Share answered with 400 or above." tabIndex={0}>Errors</th>
          <th scope="col" className="pb-1 pl-3 text-right font-normal" data-hint="Requests that carry an attack." tabIndex={0}>Anomalies</th>
        </tr>
      </thead>
      <tbody>
        {callers.map((caller) => (
          <tr key={`${caller.kind} ${caller.value}`}>
            <td className="max-w-0 truncate border-t border-line py-1.5"><ActorLink actor={caller} /></td>
            {isClassed && <td className={`${cell} ${caller.usage_class === "bot" ? "text-high" : "text-muted"}`}>{caller.usage_class ?? "–"}</td>}
            <td className={cell}>{formatCompact(caller.requests)}</td>
            <td className={`${cell} ${caller.error_rate > 0.3 ? "text-high" : ""}`}>{formatShare(caller.error_rate)}</td>
            <td className={`${cell} ${caller.anomalies > 0 ? "text-critical" : "text-muted"}`}>{formatCompact(caller.anomalies)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
