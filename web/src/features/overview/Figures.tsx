import type { Stats } from "@/shared/api/useStats";
import { passedShare } from "@/shared/charts/scale";
import { Sparkline } from "@/shared/charts/Sparkline";
import { formatCompact, formatCount, formatNumber, formatShare } from "@/shared/format/number";
import { useLive } from "@/shared/live/useLive";
import { levels } from "@/shared/incident/order";
import { useNow } from "@/shared/time/useNow";
import { levelFill } from "@/shared/ui/LevelBadge";
import { Stat } from "@/shared/ui/Stat";

/** The totals of the chosen time, with the present rate beside the mean. */
export function Figures({ stats }: { stats: Stats }) {
  const rate = useLive((state) => state.stats.at(-1)?.requests_per_second);
  const grave = (stats.incidents.by_level.CRITICAL ?? 0) + (stats.incidents.by_level.HIGH ?? 0);
  // A step that is not over would look like a fall.
  const finished = stats.traffic.slice(0, passedShare(stats.traffic.map((bucket) => bucket.time), useNow()) < 1 ? -1 : undefined);
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      <Stat label="Requests" value={formatCompact(stats.total_requests)} detail={`${formatNumber(stats.requests_per_second)} a second on average`} hint={`${formatCount(stats.total_requests)} requests in the chosen time.`}>
        <Sparkline values={finished.map((bucket) => bucket.requests)} />
      </Stat>
      <Stat label="Now" value={rate === undefined ? "–" : `${formatNumber(rate)} /s`} detail="in the last second" hint="Requests received in the last second, by the live connection.">
        <LiveSpark />
      </Stat>
      <Stat label="Errors" value={formatShare(stats.error_rate)} tone={stats.error_rate > 0.3 ? "high" : "ink"} detail="answered 4xx or 5xx" hint="Share of requests answered with a status of 400 or above.">
        <Sparkline values={stats.traffic.map((bucket) => (bucket.requests ? bucket.errors / bucket.requests : 0))} color="var(--high-fill)" />
      </Stat>
      <Stat label="Anomalies" value={formatCompact(stats.total_anomalies)} detail={`${formatShare(stats.detection_rate)} of requests`} hint={`${formatCount(stats.total_anomalies)} requests were judged anomalous: the detection rate is their share of all.`}>
        <Sparkline values={finished.map((bucket) => bucket.anomalies)} color="var(--critical-fill)" />
      </Stat>
      <Stat label="Incidents" value={formatCount(stats.incidents.total)} tone={grave > 0 ? "critical" : "ink"} detail={grave > 0 ? `${formatCount(grave)} high or critical` : "none high or critical"} hint="Campaigns and faults: each groups all requests that belong together.">
        <Proportions parts={levels.map((level) => ({ name: level, value: stats.incidents.by_level[level] ?? 0, color: levelFill[level] }))} />
      </Stat>
      <Stat
        label="Strange minutes"
        value={
          <span className="flex items-baseline gap-2 text-[16px] leading-[27px]">
            <span className="text-critical">{formatCompact(stats.priorities.HIGH)}</span>
            <span className="text-medium">{formatCompact(stats.priorities.MEDIUM)}</span>
            <span className="text-low">{formatCompact(stats.priorities.LOW)}</span>
          </span>
        }
        detail="high · medium · low"
        hint="Minutes of a caller that the models found strange, by priority: 0.45 × anomaly + 0.35 × failure + 0.20 × bot, high from 0.8, medium from 0.5. Only conduct that goes on or is certain becomes an incident."
      >
        <Proportions parts={[{ name: "high", value: stats.priorities.HIGH, color: levelFill.CRITICAL }, { name: "medium", value: stats.priorities.MEDIUM, color: levelFill.MEDIUM }, { name: "low", value: stats.priorities.LOW, color: levelFill.LOW }]} />
      </Stat>
    </div>
  );
}

function Proportions({ parts }: { parts: { name: string; value: number; color: string }[] }) {
  const total = Math.max(1, parts.reduce((sum, part) => sum + part.value, 0));
  return (
    <div className="mt-auto flex h-1.5 gap-0.5 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
      {parts.map((part) => (part.value > 0 ? <div key={part.name} className="min-w-1" style={{ width: `${(part.value / total) * 100}%`, background: part.color }} /> : null))}
    </div>
  );
}

function LiveSpark() {
  const stats = useLive((state) => state.stats);
  return <Sparkline values={stats.slice(-120).map((second) => second.requests_per_second)} color="var(--ok)" />;
}
