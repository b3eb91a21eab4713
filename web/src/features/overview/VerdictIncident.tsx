import { Link, useSearchParams } from "react-router";
import type { Incident } from "@/shared/api/incident";
import { plural } from "@/shared/format/number";
import { visible } from "@/shared/format/text";
import { formatDuration } from "@/shared/format/time";
import { typeInfo } from "@/shared/incident/types";
import { Icon } from "@/shared/ui/Icon";
import { LevelBadge } from "@/shared/ui/LevelBadge";
import { pagePath } from "@/shared/ui/paths";
import { TimeText } from "@/shared/ui/TimeText";
import { Untrusted } from "@/shared/ui/Untrusted";

/** One incident of the verdict: what, who, where, since when, and the first sentence of why. */
export function VerdictIncident({ incident }: { incident: Incident }) {
  const [search] = useSearchParams();
  const length = Date.parse(incident.last_seen) - Date.parse(incident.first_seen);
  return (
    <li>
      <Link to={pagePath(`/incidents/${encodeURIComponent(incident.id)}`, search)} className="group -mx-2 flex items-center gap-3 rounded-md px-2 py-2.5 hover:bg-sunken">
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <LevelBadge level={incident.level} risk={incident.risk} />
            <strong className="text-[15px]">{typeInfo(incident.type).title}</strong>
            <span className="min-w-0">
              <span className="text-muted">by </span>
              <Untrusted text={incident.actor.value} most={60} className="break-all" />
            </span>
            {incident.endpoint && incident.endpoint !== incident.actor.value && (
              <span className="min-w-0">
                <span className="text-muted">at </span>
                <Untrusted text={incident.endpoint} most={80} className="break-all" />
              </span>
            )}
            <span className="text-muted">
              since <TimeText time={incident.first_seen} look="clock" /> ({formatDuration(length)}), {plural(incident.events, "request")}
            </span>
          </span>
          <span className="mt-1 line-clamp-2 break-words text-muted">{visible(incident.explanation)}</span>
        </span>
        <Icon name="next" className="text-faint group-hover:text-ink" />
      </Link>
    </li>
  );
}
