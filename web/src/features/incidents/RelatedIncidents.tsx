import type { Incident } from "@/shared/api/incident";
import { IncidentLine } from "@/shared/incident/IncidentLine";
import { Panel } from "@/shared/ui/Panel";

/** Incidents of the same actor, and the same done by others at the same endpoint and time. */
export function RelatedIncidents({ incidents }: { incidents: readonly Incident[] }) {
  if (incidents.length === 0) return null;
  return (
    <Panel title="Related" hint="Incidents of the same caller, and of the same type at the same endpoint within an hour.">
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
