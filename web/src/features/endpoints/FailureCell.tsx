import type { EndpointRow } from "@/shared/api/traffic";
import { formatChance } from "@/shared/format/number";

/** Whether the endpoint fails now, or how probable it is that it will soon. */
export function FailureCell({ row }: { row: EndpointRow }) {
  if (row.failing) return <span className="tint-critical rounded-[5px] px-1.5 py-0.5 text-[12px] font-semibold text-critical">failing</span>;
  const probability = row.failure_probability;
  if (probability === null) return <span className="text-muted" data-hint="Too few requests, or no latencies in the traffic, to say.">–</span>;
  return (
    <span className={`inline-flex items-center gap-2 ${probability >= 0.5 ? "font-semibold text-high" : "text-muted"}`}>
      <span className="h-1.5 w-14 overflow-hidden rounded-full bg-sunken">
        <span className="block h-full rounded-full" style={{ width: `${Math.max(2, probability * 100)}%`, background: probability >= 0.5 ? "var(--high-fill)" : "var(--low-fill)" }} />
      </span>
      <span className="w-10 text-right">{formatChance(probability)}</span>
    </span>
  );
}
