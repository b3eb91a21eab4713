import { TimeChart } from "@/shared/charts/TimeChart";
import { formatNumber } from "@/shared/format/number";
import { useLive } from "@/shared/live/useLive";
import { Notice } from "@/shared/ui/Notice";

const seconds = 300;

/** The last five minutes, second by second. */
export function LiveTraffic() {
  const all = useLive((state) => state.stats);
  const stats = all.slice(-seconds);
  if (stats.length < 2) return <Notice look="wait" title="Waiting for the first seconds" isSmall />;
  return (
    <TimeChart
      label="Live traffic"
      height={262}
      format={formatNumber}
      times={stats.map((second) => second.time)}
      marks={stats.flatMap((second, index) => (second.anomalies_per_second > 0 ? [{ index, color: "var(--critical-fill)", label: `${formatNumber(second.anomalies_per_second)} anomalies a second` }] : []))}
      series={[
        { name: "Requests a second", values: stats.map((second) => second.requests_per_second), color: "var(--accent)", look: "area" },
        { name: "Errors a second", values: stats.map((second) => second.errors_per_second), color: "var(--high-fill)", look: "line" },
      ]}
    />
  );
}
