import type { Incident } from "@/shared/api/incident";
import { IncidentLine } from "@/shared/incident/IncidentLine";
import { Panel } from "@/shared/ui/Panel";

/** Incidents with the same actor, endpoint or time. */
export function RelatedIncidents({ incidents }: { incidents: readonly Incident[] }) {
  if (incidents.length === 0) return null;
  return (
    <Panel title="Related" hint="Incidents that share the caller, the endpoint or the hour.">
      <ul>
        {incidents.map((incident) => (
          <li key={incident.id}>
            <IncidentLine incident={incident} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
