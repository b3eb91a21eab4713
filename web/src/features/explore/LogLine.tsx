import { formatMs } from "@/shared/format/number";
import { formatClockSeconds, formatDateTime } from "@/shared/format/time";
import { clip, visible } from "@/shared/format/text";
import { usePreferences } from "@/shared/preferences/preferences";
import type { LogRow } from "./logs";

/** Columns shared by the head and the rows. */
export const logColumns = "grid grid-cols-[66px_36px_1fr_40px] md:grid-cols-[132px_52px_64px_minmax(200px,1fr)_84px_minmax(110px,220px)_56px] items-center gap-x-3 px-3 md:px-4 h-[31px]";

export function statusTone(status: number): string {
  if (status >= 500) return "text-critical";
  return status >= 400 ? "text-medium" : "text-muted";
}

/** One request in one line; a press shows all of it. */
export function LogLine({ row, onOpen }: { row: LogRow | undefined; onOpen: (row: LogRow) => void }) {
  const { zone } = usePreferences();
  if (!row) return <div className={logColumns} aria-hidden="true"><span className="skeleton col-span-4 h-3 md:col-span-7" /></div>;
  return (
    <button type="button" onClick={() => onOpen(row)} className={`${logColumns} w-full border-b border-line text-left text-[13px] hover:bg-sunken ${row.is_anomaly ? "tint-critical" : ""}`}>
      <span className="hidden whitespace-nowrap text-muted md:block">{formatDateTime(row.timestamp, zone)}</span>
      <span className="text-muted md:hidden">{formatClockSeconds(row.timestamp, zone)}</span>
      <span className={`font-semibold ${statusTone(row.status)}`}>{row.status || "–"}</span>
      <span className="hidden truncate font-mono text-[12px] md:block">{visible(clip(row.method, 10))}</span>
      <span className="truncate font-mono text-[12.5px]">{visible(clip(row.query ? `${row.path}?${row.query}` : row.path, 400))}</span>
      <span className="hidden text-right whitespace-nowrap text-muted md:block">{formatMs(row.duration_ms)}</span>
      <span className="hidden truncate font-mono text-[12.5px] md:block">{visible(clip(row.user ?? row.client_ip, 60))}</span>
      <span className={`text-right ${row.is_anomaly ? "font-semibold text-critical" : "text-muted"}`}>{row.anomaly_score === null ? "–" : row.anomaly_score.toFixed(2)}</span>
    </button>
  );
}
