import { memberCount, moreMembers } from "@/shared/format/members";
import { ActorLink } from "@/shared/ui/ActorLink";
import { CopyButton } from "@/shared/ui/CopyButton";
import { Panel } from "@/shared/ui/Panel";
import type { IncidentDetail } from "./useIncident";

const shown = 60;

/** Who acts together in a distributed incident, the busiest first. */
export function Members({ incident }: { incident: IncidentDetail }) {
  const members = incident.actor.members ?? [];
  if (members.length === 0) return null;
  return (
    <Panel title={memberCount(members.length)} hint="Callers that act together, the busiest first." aside={<CopyButton label="All" text={() => members.join("\n")} hint="Copies all members that are remembered, one a line." />}>
      <ul className="flex flex-wrap gap-1.5">
        {members.slice(0, shown).map((member) => (
          <li key={member} className="rounded-md border border-line px-2 py-0.5">
            <ActorLink actor={{ kind: "ip", value: member }} />
          </li>
        ))}
        {members.length > shown && <li className="px-1 py-0.5 text-muted">{moreMembers(members.length, shown)}</li>}
      </ul>
    </Panel>
  );
}
