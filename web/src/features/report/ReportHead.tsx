import { formatCount, plural } from "@/shared/format/number";
import { visible } from "@/shared/format/text";
import { formatDated } from "@/shared/format/time";
import { setPreferences, usePreferences } from "@/shared/preferences/preferences";
import { Logo } from "@/shared/ui/Logo";
import { Segmented } from "@/shared/ui/Segmented";
import type { ReportData } from "./data";

/** What was read, and the answer in one sentence. */
export function ReportHead({ data }: { data: ReportData }) {
  const { zone } = usePreferences();
  const { summary, sources } = data;
  const grave = (summary.by_level["CRITICAL"] ?? 0) + (summary.by_level["HIGH"] ?? 0);
  const title = sources.length === 1 ? (sources[0] ?? "") : `${sources.length} files`;
  return (
    <header className={`panel border-l-4 px-5 py-4 ${grave > 0 ? "border-l-critical-fill" : summary.incidents > 0 ? "border-l-medium-fill" : "border-l-ok"}`}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <Logo size={34} />
        <div className="min-w-0 flex-1">
          <h1 className="text-[19px] leading-tight font-semibold tracking-tight break-all">{title === "-" ? "Standard input" : <span data-hint={visible(title)}>{visible(title.slice(title.lastIndexOf("/") + 1))}</span>}</h1>
          <p className="mt-0.5 text-muted">
            {formatCount(summary.lines)} lines{summary.first && summary.last && <>, {formatDated(summary.first, zone)} to {formatDated(summary.last, zone)} {zone === "utc" ? "UTC" : "local time"}</>}
          </p>
        </div>
        <span className="print:hidden">
          <Segmented label="Time zone" value={zone} options={[{ value: "utc", label: "UTC" }, { value: "local", label: "Local" }]} onChange={(value) => setPreferences({ zone: value })} />
        </span>
      </div>
      <p className={`mt-3 text-[17px] font-semibold ${grave > 0 ? "text-critical" : summary.incidents > 0 ? "text-medium" : "text-ok"}`}>
        {summary.incidents === 0 ? "No attack, abuse or failure was found." : `${plural(summary.incidents, "incident")}, ${grave === 0 ? "none of them grave" : `${formatCount(grave)} of high or critical risk`}.`}
      </p>
    </header>
  );
}
