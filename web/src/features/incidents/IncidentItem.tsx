import type { Incident } from "@/shared/api/incident";
import { plural } from "@/shared/format/number";
import { humanize, visible } from "@/shared/format/text";
import { isActive } from "@/shared/incident/order";
import { typeInfo } from "@/shared/incident/types";
import { useNow } from "@/shared/time/useNow";
import { LevelBadge, levelFill } from "@/shared/ui/LevelBadge";
import { TimeText } from "@/shared/ui/TimeText";
import { Untrusted } from "@/shared/ui/Untrusted";

interface Props {
  incident: Incident;
  isSelected: boolean;
  onSelect: (id: string) => void;
}

/** One incident of the triage list. */
export function IncidentItem({ incident, isSelected, onSelect }: Props) {
  const now = useNow();
  const settled = incident.verdict;
  return (
    <button
      type="button"
      aria-current={isSelected}
      onClick={() => onSelect(incident.id)}
      className={`relative block w-full px-4 py-2.5 text-left ${isSelected ? "tint-accent" : "hover:bg-sunken"}`}
    >
      <span className="absolute inset-y-0 left-0 w-[3px]" style={{ background: levelFill[incident.level] }} />
      <span className="flex items-center gap-2">
        <LevelBadge level={incident.level} risk={incident.risk} />
        <strong className={`min-w-0 flex-1 truncate ${settled === "false_positive" || settled === "benign" ? "font-normal text-muted line-through" : ""}`}>{typeInfo(incident.type).title}</strong>
        {isActive(incident, now) && <span className="size-2 shrink-0 rounded-full bg-critical-fill" data-hint="Going on: news within the last 15 minutes." />}
        <span className="shrink-0 text-[12px] text-muted">
          <TimeText time={incident.last_seen} look="ago" />
        </span>
      </span>
      <span className="mt-1 flex items-baseline gap-2 text-muted">
        <Untrusted text={incident.actor.value} most={60} className={`truncate text-ink ${incident.endpoint && incident.endpoint !== incident.actor.value ? "max-w-[45%] shrink-0" : "min-w-0"}`} />
        {incident.endpoint && incident.endpoint !== incident.actor.value ? <Untrusted text={incident.endpoint} most={80} className="min-w-0 flex-1 truncate" /> : <span className="flex-1" />}
        <span className="shrink-0 text-[12px]">{plural(incident.events, "request")}</span>
      </span>
      <span className="mt-0.5 line-clamp-1 text-[12.5px] break-all text-muted">{visible(incident.explanation)}</span>
      {settled && <span className={`mt-0.5 block text-[12px] ${settled === "confirmed" ? "text-critical" : "text-ok"}`}>{humanize(settled)}</span>}
    </button>
  );
}
