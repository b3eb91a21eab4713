import { Link } from "react-router";
import { typeInfo } from "@/shared/incident/types";
import { useLiveToasts } from "@/shared/live/useLiveToasts";
import { plural } from "@/shared/format/number";
import { clip, visible } from "@/shared/format/text";
import { IconButton } from "@/shared/ui/Button";
import { levelFill, LevelBadge } from "@/shared/ui/LevelBadge";
import { Untrusted } from "@/shared/ui/Untrusted";

/** New incidents of high risk, in the corner, spoken to screen readers. */
export function Toasts() {
  const { toasts, others, dismiss, dismissAll } = useLiveToasts();
  return (
    <div role="status" aria-live="polite" className="fixed right-3 bottom-17 z-40 flex w-[min(380px,calc(100vw-24px))] flex-col gap-2 md:bottom-4">
      {toasts.map((incident) => (
        <div key={incident.id} className="arrive flex overflow-hidden rounded-lg border border-line-strong bg-raised shadow-xl">
          <div className="w-1 shrink-0" style={{ background: levelFill[incident.level] }} />
          <Link to={`/incidents/${encodeURIComponent(incident.id)}`} onClick={() => dismiss(incident.id)} className="min-w-0 flex-1 px-3 py-2.5">
            <span className="flex items-center gap-2">
              <LevelBadge level={incident.level} risk={incident.risk} />
              <span className="truncate font-semibold">{typeInfo(incident.type).title}</span>
            </span>
            <span className="mt-1 line-clamp-2 text-[13px] break-words text-muted">{visible(clip(incident.explanation, 160))}</span>
            <Untrusted text={incident.actor.value} most={40} className="mt-0.5 block truncate text-muted" />
          </Link>
          <IconButton icon="close" label="Dismiss" className="m-1" onClick={() => dismiss(incident.id)} />
        </div>
      ))}
      {others > 0 && (
        <div className="flex items-center rounded-lg border border-line-strong bg-raised shadow-xl">
          <Link to="/incidents" onClick={dismissAll} className="min-w-0 flex-1 px-3 py-2 text-[13px] text-accent hover:underline">
            and {plural(others, "other incident")} just now
          </Link>
          <IconButton icon="close" label="Dismiss all" className="m-1" onClick={dismissAll} />
        </div>
      )}
    </div>
  );
}
