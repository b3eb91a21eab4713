import type { Stats } from "@/shared/api/useStats";
import { firstTraffic } from "@/shared/charts/silence";
import { TimeChart } from "@/shared/charts/TimeChart";
import { formatNumber } from "@/shared/format/number";
import { levelFill } from "@/shared/ui/LevelBadge";
import { levelOf } from "@/shared/incident/order";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";

/** The highest risk of an incident in each step of time. */
export function RiskOverTime({ stats, className }: { stats: Stats; className?: string }) {
  const first = firstTraffic(stats.traffic);
  const risk = stats.risk.slice(first);
  return (
    <Panel title="Risk over time" hint="The highest risk of an incident going on in each step, 0 to 100: critical from 80, high from 60, medium from 40." className={className}>
      {risk.every((value) => value === 0) ? (
        <Notice look="good" title="No incident in this time" isSmall />
      ) : (
        <TimeChart
          label="Highest risk"
          height={214}
          top={100}
          format={formatNumber}
          times={stats.traffic.slice(first).map((bucket) => bucket.time)}
          series={[{ name: "Highest risk", values: risk, color: "var(--high-fill)", look: "bars", colorOf: (value) => levelFill[levelOf(value)] }]}
        />
      )}
    </Panel>
  );
}
