import { formatCount, plural } from "@/shared/format/number";
import { humanize, visible } from "@/shared/format/text";
import { Panel } from "@/shared/ui/Panel";
import { Untrusted } from "@/shared/ui/Untrusted";
import type { ReportData } from "./data";

/** How the log was read, and what could not be. */
export function ReportReading({ data }: { data: ReportData }) {
  const { summary } = data;
  return (
    <Panel title="How it was read">
      <p>{Object.entries(summary.formats).map(([name, count]) => `${name} (${plural(count, "line")})`).join(", ") || "No format was recognized."}</p>
      {data.sources.length > 1 && <p className="mt-1 break-all text-muted">{data.sources.map(visible).join(", ")}</p>}
      {summary.warnings.map((warning) => <p key={warning} className="mt-1 text-medium">{visible(warning)}</p>)}
      {summary.skipped > 0 && (
        <>
          <p className="mt-2">{plural(summary.skipped, "line")} could not be read: {Object.entries(summary.skipped_reasons).map(([reason, count]) => `${formatCount(count)} × ${humanize(reason).toLowerCase()}`).join(", ")}.</p>
          <ul className="mt-1 space-y-0.5 text-[13px]">
            {summary.skipped_samples.map((sample) => <li key={sample.line} className="break-all"><span className="text-muted">line {formatCount(sample.line)}: </span><Untrusted text={sample.text} most={200} /></li>)}
          </ul>
        </>
      )}
      <p className="mt-3 text-[12.5px] text-muted">Made by “vedette scan --output html”. The file holds all it shows and asks nobody for anything.</p>
    </Panel>
  );
}
