import { Link } from "react-router";
import { isTroubled, type Status } from "@/shared/api/status";
import { useStatus } from "@/shared/api/useStatus";
import { formatBytes, formatCompact, formatNumber } from "@/shared/format/number";
import { Loaded } from "@/shared/ui/Loaded";
import { Panel } from "@/shared/ui/Panel";
import { TimeText } from "@/shared/ui/TimeText";
import { PhaseLine } from "@/shared/ui/PhaseLine";

function Row({ label, hint, children }: { label: string; hint: string; children: React.ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-3 border-t border-line py-1.5 first:border-0">
      <dt className="text-muted" data-hint={hint} tabIndex={0}>{label}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  );
}

function Health({ status }: { status: Status }) {
  const ready = status.models.filter((model) => model.ready).length;
  const troubled = status.sources.filter(isTroubled);
  return (
    <>
      <PhaseLine status={status} />
      <dl className="mt-2 text-[13px]">
        <Row label="Models" hint="Models that vote, of all there are."><span className={ready < status.models.length ? "text-medium" : ""}>{ready} of {status.models.length} ready</span></Row>
        <Row label="Events" hint="Received since the start; each is analysed, deferred or rejected.">{formatCompact(status.events.received)} received, {formatCompact(status.events.rejected)} rejected</Row>
        <Row label="Lag" hint="How long after it happened an event is analysed."><span className={(status.events.lag_seconds ?? 0) > 30 ? "text-high" : ""}>{status.events.lag_seconds === null ? "–" : `${formatNumber(status.events.lag_seconds)} s`}</span></Row>
        <Row label="Sources" hint="Where events come from.">{troubled.length > 0 ? <Link to="/settings/sources" className="text-high underline">{troubled.length} of {status.sources.length} with problems</Link> : `${status.sources.length} working`}</Row>
        <Row label="Store" hint="Where events and incidents are kept.">{status.store.kind}{status.store.size_bytes === null ? "" : `, ${formatBytes(status.store.size_bytes)}`}</Row>
        <Row label="False-alarm budget" hint="Thresholds follow from how many false alarms a day you accept; this much of it is left today.">{formatNumber(status.alert_budget.left)} of {formatNumber(status.alert_budget.per_day)} a day left</Row>
        <Row label="Running since" hint="When this process started."><TimeText time={status.started_at} /></Row>
      </dl>
    </>
  );
}

/** Whether Vedette itself is well. */
export function HealthPanel({ className }: { className?: string }) {
  const status = useStatus();
  return (
    <Panel title="Health of Vedette" hint="The state of the service that watches, not of the APIs it watches." className={className}>
      <Loaded query={status} isSmall skeleton={<div className="skeleton h-48" />}>
        {(data) => <Health status={data} />}
      </Loaded>
    </Panel>
  );
}
