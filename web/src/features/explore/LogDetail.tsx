import { useSearchParams } from "react-router";
import { Link } from "react-router";
import { replayCommand } from "@/shared/format/curl";
import { formatBytes, formatMs, formatNumber } from "@/shared/format/number";
import { typeInfo } from "@/shared/incident/types";
import { CopyButton } from "@/shared/ui/CopyButton";
import { Dialog } from "@/shared/ui/Dialog";
import { callerPath, endpointPath } from "@/shared/ui/paths";
import { TimeText } from "@/shared/ui/TimeText";
import { Untrusted } from "@/shared/ui/Untrusted";
import type { LogRow } from "./logs";

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[120px_1fr] gap-3 border-t border-line py-1.5 first:border-0">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-all">{children}</dd>
    </div>
  );
}

/** All of one request. */
export function LogDetail({ row, onClose }: { row: LogRow; onClose: () => void }) {
  const [search] = useSearchParams();
  const link = "hover:text-accent hover:underline";
  const replay = replayCommand(JSON.stringify(row));
  const texts: [string, string | null | undefined][] = [["Query", row.query], ["User agent", row.user_agent], ["Referer", row.referer], ["Host", row.host], ["Protocol", row.protocol], ["Session", row.session], ["API key (hash)", row.api_key], ["Source", row.source]];
  return (
    <Dialog title="Request" onClose={onClose}>
      <dl className="max-h-[60dvh] overflow-y-auto text-[13px]" tabIndex={0}>
        <Row label="Time"><TimeText time={row.timestamp} /></Row>
        <Row label="Request"><Untrusted text={`${row.method} ${row.path}`} /></Row>
        <Row label="Endpoint">{row.endpoint ? <Link to={endpointPath(row.endpoint, row.method, search)} className={link}><Untrusted text={row.endpoint} /></Link> : "–"}</Row>
        <Row label="Answer">{row.status}, {formatMs(row.duration_ms)}, {formatBytes(row.response_bytes)}</Row>
        <Row label="Address"><Link to={callerPath("ip", row.client_ip, search)} className={link}><Untrusted text={row.client_ip} /></Link></Row>
        {row.user && <Row label="User"><Link to={callerPath("user", row.user, search)} className={link}><Untrusted text={row.user} /></Link></Row>}
        {texts.map(([label, text]) => text ? <Row key={label} label={label}><Untrusted text={text} /></Row> : null)}
        <Row label="Judgement">{row.is_anomaly ? <span className="font-semibold text-critical">anomalous</span> : "ordinary"}, score {row.anomaly_score === null ? "–" : formatNumber(row.anomaly_score)}{row.types.length > 0 && `: ${row.types.map((type) => typeInfo(type).title).join(", ")}`}</Row>
      </dl>
      <div className="mt-3 flex justify-end">
        {replay && <CopyButton label="curl" text={() => replay} hint="Copies a command that sends this request to $HOST again." />}
        <CopyButton label="JSON" text={() => JSON.stringify(row, null, 2)} />
      </div>
    </Dialog>
  );
}
