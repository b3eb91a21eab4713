import { Legend } from "@/shared/charts/Legend";
import { firstTraffic } from "@/shared/charts/silence";
import { TimeChart } from "@/shared/charts/TimeChart";
import { Panel } from "@/shared/ui/Panel";
import type { CallerDetail } from "./useCaller";

const colors = { requests: "var(--accent)", errors: "var(--high-fill)" };

/** The caller's requests and errors over time. */
export function CallerTraffic({ data }: { data: CallerDetail }) {
  const traffic = data.traffic.slice(firstTraffic(data.traffic));
  return (
    <Panel title="History" aside={<Legend items={[{ name: "Requests", color: colors.requests }, { name: "Errors", color: colors.errors }]} />}>
      <TimeChart
        label="Requests of this caller"
        isSum
        times={traffic.map((bucket) => bucket.time)}
        marks={traffic.flatMap((bucket, index) => (bucket.anomalies > 0 ? [{ index, color: "var(--critical-fill)", label: `${bucket.anomalies} anomalous` }] : []))}
        series={[
          { name: "Requests", values: traffic.map((bucket) => bucket.requests), color: colors.requests, look: "area" },
          { name: "Errors", values: traffic.map((bucket) => bucket.errors), color: colors.errors, look: "line" },
        ]}
      />
    </Panel>
  );
}
