import type { Stats } from "@/shared/api/useStats";
import { TimeChart } from "@/shared/charts/TimeChart";
import { formatNumber } from "@/shared/format/number";
import { Panel } from "@/shared/ui/Panel";

/** The highest anomaly score of each step of time. */
export function RiskOverTime({ stats, className }: { stats: Stats; className?: string }) {
  return (
    <Panel title="Risk over time" hint="The highest anomaly score of any request in each step, 0 ordinary to 1 as strange as can be." className={className}>
      <TimeChart
        label="Highest anomaly score"
        height={176}
        top={1}
        format={formatNumber}
        times={stats.traffic.map((bucket) => bucket.time)}
        series={[{ name: "Highest score", values: stats.traffic.map((bucket) => bucket.max_score), color: "var(--high-fill)", look: "bars" }]}
      />
    </Panel>
  );
}
