import type { AnomalyItem } from "@/shared/api/traffic";
import { formatShare, plural } from "@/shared/format/number";
import { visible } from "@/shared/format/text";
import { featureHint, featureLabel, formatFeature } from "@/shared/incident/drivers";
import { readable } from "@/shared/incident/readable";
import { Votes } from "@/shared/incident/Votes";
import { ActorLink } from "@/shared/ui/ActorLink";
import { TimeText } from "@/shared/ui/TimeText";
import { Untrusted } from "@/shared/ui/Untrusted";
import { PriorityBadge } from "./PriorityBadge";

/** One window that stood out; its features and votes unfold. */
export function AnomalyCard({ item, aside }: { item: AnomalyItem; aside?: React.ReactNode }) {
  const requests = item.features["req_count"];
  return (
    <li className="py-2.5">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <PriorityBadge priority={item.priority} risk={item.risk} />
        <ActorLink actor={item.actor} />
        {item.endpoint && <Untrusted text={item.endpoint} most={80} className="truncate text-muted" />}
        <span className="ml-auto text-[12px] text-muted"><TimeText time={item.time} look="ago" /></span>
      </div>
      <p className="mt-1 break-words text-muted">{visible(readable(item.explanation))}</p>
      {aside && <p className="mt-0.5 text-[12.5px] text-muted">{aside}</p>}
      <details className="mt-1 text-[13px]">
        <summary className="cursor-pointer text-muted hover:text-ink" data-hint="How strange the minute is, how probably its requests fail, how much it looks like a program, and the class of use. Press for all features and votes.">
          {requests !== undefined && `${plural(requests, "request")} in the minute · `}anomaly {formatShare(item.anomaly_score)} · failure {formatShare(item.failure_probability)} · bot {formatShare(item.bot_probability)}{item.usage_class && ` · ${item.usage_class} use`}
        </summary>
        <div className="mt-2 grid gap-x-6 gap-y-3 sm:grid-cols-2">
          <dl>
            {Object.entries(item.features).map(([name, value]) => (
              <div key={name} className="flex justify-between gap-3 border-t border-line py-1">
                <dt className="text-muted" data-hint={featureHint(name) || undefined}>{featureLabel(name)}</dt>
                <dd>{formatFeature(name, value)}</dd>
              </div>
            ))}
          </dl>
          <Votes votes={item.votes} />
        </div>
      </details>
    </li>
  );
}
