import { isTroubled } from "@/shared/api/status";
import { useStatus } from "@/shared/api/useStatus";
import { formatBytes, formatCompact, formatCount } from "@/shared/format/number";
import { visible } from "@/shared/format/text";
import { Loaded } from "@/shared/ui/Loaded";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { TimeText } from "@/shared/ui/TimeText";

/** Where events come from and where they are kept. */
export function SourcesSection() {
  const status = useStatus();
  return (
    <Loaded query={status} skeleton={<div className="skeleton h-64" />}>
      {(data) => (
        <>
          <Panel title="Sources" hint="Each way by which events reach this server.">
            {data.sources.length === 0 ? (
              <Notice title="Nothing sends events yet">POST them to /logs with a key of the role ingest, point an OpenTelemetry exporter here, or name files to follow under Inputs:Files.</Notice>
            ) : (
              <ul className="divide-y divide-line">
                {data.sources.map((source) => (
                  <li key={source.name} className="py-2.5">
                    <div className="flex flex-wrap items-baseline gap-x-3">
                      <span className={`size-2 rounded-full ${isTroubled(source) ? "bg-high-fill" : "bg-ok"}`} />
                      <strong className="break-all">{visible(source.name)}</strong>
                      <span className="text-muted">{source.kind}</span>
                      <span className="ml-auto text-muted">{formatCompact(source.events)} events{source.rejected > 0 ? `, ${formatCount(source.rejected)} rejected` : ""}{source.last_event && <>, last <TimeText time={source.last_event} look="ago" /></>}</span>
                    </div>
                    {source.problem && <p className={`mt-1 text-[13px] ${isTroubled(source) ? "text-high" : "text-muted"}`}>{isTroubled(source) ? "" : "Last rejected: "}{visible(source.problem)}</p>}
                  </li>
                ))}
              </ul>
            )}
          </Panel>
          <Panel title="Events" hint="The books balance: received = analysed + deferred + rejected.">
            <p>{formatCount(data.events.received)} received = {formatCount(data.events.analysed)} analysed + {formatCount(data.events.deferred)} deferred + {formatCount(data.events.rejected)} rejected</p>
            <p className="mt-1 text-muted">{formatCount(data.callers_tracked)} callers remembered.</p>
          </Panel>
          <Panel title="Storage">
            <p>{data.store.version ?? data.store.kind}{data.store.size_bytes === null ? "" : `, ${formatBytes(data.store.size_bytes)}`}</p>
            {data.store.problem && <p className="mt-1 text-high">{visible(data.store.problem)}</p>}
            <p className="mt-1 text-muted">How long events are kept is set by Storage:MaxAge and Storage:MaxBytes.</p>
          </Panel>
        </>
      )}
    </Loaded>
  );
}
