import { Link, useSearchParams } from "react-router";
import type { Incident } from "@/shared/api/incident";
import { LevelBadge } from "@/shared/ui/LevelBadge";
import { pagePath } from "@/shared/ui/paths";
import { TimeText } from "@/shared/ui/TimeText";
import { Untrusted } from "@/shared/ui/Untrusted";
import { typeInfo } from "./types";

/** An incident in two lines, leading to its page: for feeds and lists beside something else. */
export function IncidentLine({ incident }: { incident: Incident }) {
  const [search] = useSearchParams();
  return (
    <Link to={pagePath(`/incidents/${encodeURIComponent(incident.id)}`, search)} className="-mx-2 block rounded-md px-2 py-1.5 hover:bg-sunken">
      <span className="flex items-center gap-2">
        <LevelBadge level={incident.level} risk={incident.risk} />
        <span className="min-w-0 flex-1 truncate font-medium">{typeInfo(incident.type).title}</span>
        <span className="shrink-0 text-[12px] text-muted">
          <TimeText time={incident.last_seen} look="ago" />
        </span>
      </span>
      <span className="mt-0.5 flex gap-2 text-muted">
        <Untrusted text={incident.actor.value} most={60} className="truncate text-[12px]" />
        {incident.endpoint && incident.endpoint !== incident.actor.value && <Untrusted text={incident.endpoint} most={80} className="truncate text-[12px]" />}
      </span>
    </Link>
  );
}
