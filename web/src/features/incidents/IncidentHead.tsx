import { Link } from "react-router";
import { incidentCommand } from "@/shared/format/curl";
import { formatCount, formatShare } from "@/shared/format/number";
import { formatDuration } from "@/shared/format/time";
import { visible } from "@/shared/format/text";
import { isActive } from "@/shared/incident/order";
import { typeInfo } from "@/shared/incident/types";
import { useNow } from "@/shared/time/useNow";
import { ActorLink } from "@/shared/ui/ActorLink";
import { CopyButton } from "@/shared/ui/CopyButton";
import { LevelBadge } from "@/shared/ui/LevelBadge";
import { TimeText } from "@/shared/ui/TimeText";
import type { IncidentDetail } from "./useIncident";

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-[12px] text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

/** What, who, where, since when; in words why; and what to do first. */
export function IncidentHead({ incident }: { incident: IncidentDetail }) {
  const now = useNow();
  const info = typeInfo(incident.type);
  const length = Date.parse(incident.last_seen) - Date.parse(incident.first_seen);
  const delay = Date.parse(incident.detected_at) - Date.parse(incident.first_seen);
  return (
    <header className="panel px-4 py-4 sm:px-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <LevelBadge level={incident.level} risk={incident.risk} />
        <h2 className="text-[19px] leading-tight font-semibold tracking-tight">{info.title}</h2>
        {isActive(incident, now) ? <span className="tint-critical rounded-full px-2 py-0.5 text-[12px] font-medium text-critical">going on</span> : <span className="text-[12.5px] text-muted">over</span>}
        <div className="ml-auto flex">
          <CopyButton label="JSON" text={() => JSON.stringify(incident, null, 2)} hint="Copies the whole incident as JSON." />
          <CopyButton label="curl" text={() => incidentCommand(window.location.origin, incident.id)} hint="Copies the command that fetches this incident from the API." />
          <CopyButton label="Link" text={() => `${window.location.origin}/incidents/${encodeURIComponent(incident.id)}`} hint="Copies the address of this page." />
        </div>
      </div>
      {incident.part_of && (
        <p className="tint-accent mt-3 rounded px-3 py-2 text-[13.5px]">
          This is part of a larger campaign, which tells all of it: <Link className="underline" to={`/incidents/${encodeURIComponent(incident.part_of)}`}>{incident.part_of}</Link>
        </p>
      )}
      <p className="mt-3 max-w-[90ch] text-[15px] leading-relaxed break-words">{visible(incident.explanation)}</p>
      <dl className="mt-4 grid grid-cols-2 gap-x-4 gap-y-3 md:grid-cols-3 2xl:grid-cols-6">
        <Fact label="Who"><ActorLink actor={incident.actor} /></Fact>
        <Fact label="Where">{incident.endpoint ? <ActorLink actor={{ kind: "endpoint", value: incident.endpoint }} /> : "many endpoints"}</Fact>
        <Fact label="Since"><TimeText time={incident.first_seen} /></Fact>
        <Fact label="Until"><TimeText time={incident.last_seen} /> <span className="text-muted">({formatDuration(length)})</span></Fact>
        <Fact label="Detected">{delay <= 1000 ? "at once" : `after ${formatDuration(delay)}`}</Fact>
        <Fact label="Requests"><span data-hint="Confidence: how sure it is that this is what it says." tabIndex={0}>{formatCount(incident.events)} <span className="text-muted">· {formatShare(incident.confidence)} sure</span></span></Fact>
      </dl>
      {(info.means || (incident.also_seen?.length ?? 0) > 0) && (
        <div className="mt-4 grid gap-x-6 gap-y-2 border-t border-line pt-3 text-[13px] sm:grid-cols-2">
          {info.means && <p><span className="font-semibold">What it is. </span><span className="text-muted">{info.means}</span></p>}
          {info.todo && <p><span className="font-semibold">First step. </span><span className="text-muted">{info.todo}</span></p>}
          {incident.also_seen && incident.also_seen.length > 0 && <p><span className="font-semibold">Also seen. </span><span className="text-muted">{incident.also_seen.map((type) => typeInfo(type).title).join(", ")}</span></p>}
        </div>
      )}
    </header>
  );
}
