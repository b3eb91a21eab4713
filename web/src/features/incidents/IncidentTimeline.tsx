import { Legend } from "@/shared/charts/Legend";
import { TimeChart } from "@/shared/charts/TimeChart";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import type { IncidentDetail } from "./useIncident";

const colors = { requests: "var(--accent)", errors: "var(--high-fill)" };

/** The traffic before, during and after, with the moments that matter. */
export function IncidentTimeline({ incident }: { incident: IncidentDetail }) {
  const traffic = incident.traffic;
  const isCaller = incident.actor.kind === "ip" || incident.actor.kind === "user" || incident.actor.kind === "api_key";
  const length = Date.parse(incident.detected_at) - Date.parse(incident.first_seen);
  const span = traffic.length > 1 ? Date.parse(traffic.at(-1)?.time ?? "") - Date.parse(traffic[0]?.time ?? "") : 0;
  // Two labels that would lie on each other say less than one.
  const detected = length > span / 12 ? [{ time: incident.detected_at, label: "detected" }] : [];
  const ended = Date.parse(incident.last_seen) - Date.parse(incident.first_seen) > span / 5 ? [{ time: incident.last_seen, label: "last seen" }] : [];
  return (
    <Panel title="Timeline" hint={isCaller ? "All requests of this caller, before, during and after." : "All requests to this endpoint, before, during and after."} aside={<Legend items={[{ name: "Requests", color: colors.requests }, { name: "Errors", color: colors.errors }]} />}>
      {traffic.every((bucket) => bucket.requests === 0) ? (
        <Notice title={incident.actor.kind === "distributed" && !incident.endpoint ? "Many callers at many endpoints: no one line shows it" : "The traffic of that time is no longer stored"} isSmall />
      ) : (
        <TimeChart
          label="Traffic around the incident"
          isSum
          height={170}
          times={traffic.map((bucket) => bucket.time)}
          events={[{ time: incident.first_seen, label: detected.length > 0 ? "first seen" : "first seen, detected" }, ...detected, ...ended]}
          series={[
            { name: "Requests", values: traffic.map((bucket) => bucket.requests), color: colors.requests, look: "area" },
            { name: "Errors", values: traffic.map((bucket) => bucket.errors), color: colors.errors, look: "line" },
          ]}
        />
      )}
    </Panel>
  );
}
