import { HourBars } from "@/shared/charts/HourBars";
import { Legend } from "@/shared/charts/Legend";
import { SplitBar } from "@/shared/charts/SplitBar";
import { TimeChart } from "@/shared/charts/TimeChart";
import { formatDuration } from "@/shared/format/time";
import { typeInfo } from "@/shared/incident/types";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { levelFill } from "@/shared/ui/LevelBadge";
import type { ReportData } from "./data";
import { fillTimes } from "./fillTimes";

const colors = { requests: "var(--accent)", errors: "var(--high-fill)" };

/** Requests over time with incidents marked, by hour of the day, and how they were answered. */
export function ReportTraffic({ data }: { data: ReportData }) {
  const { traffic } = data;
  const times = fillTimes(traffic.times, traffic.step_seconds);
  const first = times[0]?.[0] ?? 0;
  const marks = data.incidents
    .filter((incident) => incident.risk >= 60)
    .slice(0, 60)
    .map((incident) => ({ index: Math.floor((Date.parse(incident.first_seen) / 1000 - first) / traffic.step_seconds), color: levelFill[incident.level], label: `${incident.risk} ${typeInfo(incident.type).title}` }))
    .filter((mark) => mark.index >= 0 && mark.index < times.length);
  const count = (head: string) => Object.entries(traffic.statuses).reduce((sum, [status, requests]) => (status.startsWith(head) ? sum + requests : sum), 0);
  return (
    <div className="grid grid-cols-1 gap-3 lg:grid-cols-3 print:block print:space-y-3">
      <Panel title="Traffic" hint={`Requests in steps of ${formatDuration(traffic.step_seconds * 1000)}; dots above mark where incidents of high risk began.`} className="lg:col-span-2" aside={<Legend items={[{ name: "Requests", color: colors.requests }, { name: "Errors", color: colors.errors }]} />}>
        {times.length < 2 ? (
          <Notice title="Too short a time to draw" isSmall>All requests came within {formatDuration(traffic.step_seconds * 1000)}.</Notice>
        ) : (
          <TimeChart
            label="Traffic"
            height={210}
            times={times.map((row) => new Date(row[0] * 1000).toISOString())}
            marks={marks}
            series={[
              { name: "Requests", values: times.map((row) => row[1]), color: colors.requests, look: "area" },
              { name: "Errors", values: times.map((row) => row[2] + row[3]), color: colors.errors, look: "line" },
            ]}
          />
        )}
      </Panel>
      <Panel title="By hour of the day" hint="All days together, in UTC.">
        <HourBars label="Requests" hours={traffic.hours.map((value, hour) => ({ hour, value }))} />
        <h3 className="mt-4 mb-2 text-[13px] font-semibold print:mt-3 print:mb-1">Answers</h3>
        <SplitBar label="Answers by status" parts={[{ name: "2xx", value: count("2"), color: "var(--ok)" }, { name: "3xx", value: count("3"), color: "var(--low-fill)" }, { name: "4xx", value: count("4"), color: "var(--medium-fill)" }, { name: "5xx", value: count("5"), color: "var(--critical-fill)" }]} />
      </Panel>
    </div>
  );
}
