import { Fragment, useState } from "react";
import type { Incident } from "@/shared/api/incident";
import { moreMembers } from "@/shared/format/members";
import { formatShare, plural } from "@/shared/format/number";
import { visible } from "@/shared/format/text";
import { formatDuration } from "@/shared/format/time";
import { Drivers } from "@/shared/incident/Drivers";
import { EvidenceList } from "@/shared/incident/EvidenceList";
import { References } from "@/shared/incident/References";
import { typeInfo } from "@/shared/incident/types";
import { Votes } from "@/shared/incident/Votes";
import { LevelBadge } from "@/shared/ui/LevelBadge";
import { TimeText } from "@/shared/ui/TimeText";
import { Untrusted } from "@/shared/ui/Untrusted";

/** One incident: a line, and unfolded the same as in the dashboard. `isForced` unfolds it for as long as it is set. */
export function ReportIncident({ incident, isFirst, isForced }: { incident: Incident; isFirst: boolean; isForced: boolean }) {
  const [wasOpened, setOpened] = useState(isFirst);
  const isOpen = wasOpened || isForced;
  const info = typeInfo(incident.type);
  const members = incident.actor.members ?? [];
  return (
    <details open={isOpen} className="border-t border-line py-2 first:border-0">
      <summary
        className="cursor-pointer break-inside-avoid break-after-avoid"
        onClick={(event) => {
          event.preventDefault();
          setOpened(!isOpen);
        }}
      >
        <span className="ml-1 inline-flex max-w-[calc(100%-24px)] flex-wrap items-center gap-x-2.5 gap-y-1 align-middle">
          <LevelBadge level={incident.level} risk={incident.risk} />
          <strong>{info.title}</strong>
          <Untrusted text={incident.actor.value} most={60} className="break-all" />
          {incident.endpoint && <Untrusted text={incident.endpoint} most={80} className="break-all text-muted" />}
          <span className="text-muted"><TimeText time={incident.first_seen} />, {formatDuration(Date.parse(incident.last_seen) - Date.parse(incident.first_seen))}, {plural(incident.events, "request")}</span>
        </span>
      </summary>
      {isOpen && (
        <div className="mt-2 space-y-4 pl-1 sm:pl-5">
          <p className="max-w-[100ch] break-inside-avoid break-after-avoid text-[15px] break-words">{visible(incident.explanation)}</p>
          <p className="break-inside-avoid break-after-avoid text-[13px] text-muted">{formatShare(incident.confidence)} sure. {info.means} {info.todo}</p>
          {members.length > 0 && <p className="break-inside-avoid break-after-avoid text-[13px]"><span className="text-muted">Members: </span>{members.slice(0, 40).map((member, index, all) => <Fragment key={member}><Untrusted text={index < all.length - 1 ? `${member},` : member} className="inline-block max-w-full break-all" /> </Fragment>)}{moreMembers(members.length, 40)}</p>}
          <div className="grid break-inside-avoid gap-x-8 gap-y-4 md:grid-cols-2 print:grid-cols-2">
            <Drivers drivers={incident.drivers} />
            <Votes votes={incident.models} />
          </div>
          <EvidenceList evidence={incident.evidence} />
          <References owaspApi={incident.owasp_api} mitre={incident.mitre_attack} />
        </div>
      )}
    </details>
  );
}
