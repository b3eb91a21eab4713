import { HourBars } from "@/shared/charts/HourBars";
import { Legend } from "@/shared/charts/Legend";
import { firstTraffic } from "@/shared/charts/silence";
import { SplitBar } from "@/shared/charts/SplitBar";
import { TimeChart } from "@/shared/charts/TimeChart";
import { formatMs, formatShare } from "@/shared/format/number";
import { Panel } from "@/shared/ui/Panel";
import type { EndpointDetail } from "./useEndpoint";

const colors = { requests: "var(--accent)", errors: "var(--high-fill)", mean: "var(--low-fill)", p95: "var(--accent)" };

/** Frequency and errors, latencies, hours of the day and answers. */
export function EndpointCharts({ data }: { data: EndpointDetail }) {
  const traffic = data.traffic.slice(firstTraffic(data.traffic));
  const times = traffic.map((bucket) => bucket.time);
  return (
    <>
      <Panel title="Requests and errors" aside={<Legend items={[{ name: "Requests", color: colors.requests }, { name: "Errors", color: colors.errors }]} />}>
        <TimeChart
          label="Requests and errors"
          isSum
          times={times}
          marks={traffic.flatMap((bucket, index) => (bucket.anomalies > 0 ? [{ index, color: "var(--critical-fill)", label: `${bucket.anomalies} anomalous` }] : []))}
          series={[
            { name: "Requests", values: traffic.map((bucket) => bucket.requests), color: colors.requests, look: "area" },
            { name: "Errors", values: traffic.map((bucket) => bucket.errors), color: colors.errors, look: "line" },
          ]}
        />
      </Panel>
      <Panel title="Latency" hint="How long the server took." aside={<Legend items={[{ name: "p95", color: colors.p95 }, { name: "Mean", color: colors.mean }]} />}>
        {traffic.some((bucket) => bucket.mean_ms !== null) ? (
          <TimeChart
            label="Latency"
            times={times}
            format={formatMs}
            series={[
              { name: "p95", values: traffic.map((bucket) => bucket.p95_ms), color: colors.p95, look: "line" },
              { name: "Mean", values: traffic.map((bucket) => bucket.mean_ms), color: colors.mean, look: "line" },
            ]}
          />
        ) : (
          <p className="py-10 text-center text-muted">The traffic tells no latencies. With nginx, add $request_time to log_format.</p>
        )}
      </Panel>
      <Panel title="By hour of the day" hint="Requests by hour in UTC, over the chosen time.">
        <HourBars label="Requests" hours={data.by_hour.map((hour) => ({ hour: hour.hour, value: hour.requests, note: `errors ${formatShare(hour.error_rate)}, mean ${formatMs(hour.mean_ms)}` }))} />
        <h3 className="mt-4 mb-2 text-[13px] font-semibold">Answers</h3>
        <SplitBar label="Answers by status" parts={[{ name: "2xx", value: data.status["2xx"], color: "var(--ok)" }, { name: "3xx", value: data.status["3xx"], color: "var(--low-fill)" }, { name: "4xx", value: data.status["4xx"], color: "var(--medium-fill)" }, { name: "5xx", value: data.status["5xx"], color: "var(--critical-fill)" }]} />
      </Panel>
    </>
  );
}
