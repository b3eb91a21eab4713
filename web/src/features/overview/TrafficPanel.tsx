import { useState } from "react";
import type { Stats } from "@/shared/api/useStats";
import { usePreferences } from "@/shared/preferences/preferences";
import { firstTraffic, silenceNote } from "@/shared/charts/silence";
import { Legend } from "@/shared/charts/Legend";
import { TimeChart, type Mark } from "@/shared/charts/TimeChart";
import { plural } from "@/shared/format/number";
import { Panel } from "@/shared/ui/Panel";
import { Segmented } from "@/shared/ui/Segmented";
import { LiveTraffic } from "./LiveTraffic";

const colors = { requests: "var(--accent)", errors: "var(--high-fill)", anomalies: "var(--critical-fill)" };
const legend = [
  { name: "Requests", color: colors.requests },
  { name: "Errors", color: colors.errors },
  { name: "Anomalies", color: colors.anomalies },
];

/** Requests and errors over time, with a dot above each stretch that held anomalies. */
export function TrafficPanel({ stats, className }: { stats: Stats; className?: string }) {
  const [view, setView] = useState<"range" | "live">("range");
  const { zone } = usePreferences();
  const traffic = stats.traffic.slice(firstTraffic(stats.traffic));
  const marks: Mark[] = traffic.flatMap((bucket, index) => (bucket.anomalies > 0 ? [{ index, color: colors.anomalies, label: plural(bucket.anomalies, "anomaly", "anomalies") }] : []));
  return (
    <Panel
      title="Traffic"
      hint="Requests and errors per step of time; dots above mark steps with anomalous requests."
      className={className}
      aside={<Segmented label="Time shown" value={view} options={[{ value: "range", label: "Chosen time" }, { value: "live", label: "Last 5 min" }]} onChange={setView} />}
    >
      {view === "live" ? (
        <LiveTraffic />
      ) : (
        <TimeChart
          label="Traffic"
          isSum
          height={262}
          times={traffic.map((bucket) => bucket.time)}
          marks={marks}
          series={[
            { name: "Requests", values: traffic.map((bucket) => bucket.requests), color: colors.requests, look: "area" },
            { name: "Errors", values: traffic.map((bucket) => bucket.errors), color: colors.errors, look: "line" },
          ]}
        />
      )}
      <div className="mt-2 flex flex-wrap justify-between gap-x-4">
        <Legend items={legend} />
        {view === "range" && <span className="text-[12.5px] text-muted">{silenceNote(stats.traffic, zone)}</span>}
      </div>
    </Panel>
  );
}
