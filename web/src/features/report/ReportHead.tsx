import { formatCount, plural } from "@/shared/format/number";
import { visible } from "@/shared/format/text";
import { formatDated } from "@/shared/format/time";
import { setPreferences, usePreferences } from "@/shared/preferences/preferences";
import { Logo } from "@/shared/ui/Logo";
import { Segmented } from "@/shared/ui/Segmented";
import type { ReportData } from "./data";

const looks = {
  grave: { border: "border-l-critical-fill", text: "text-critical" },
  found: { border: "border-l-medium-fill", text: "text-medium" },
  calm: { border: "border-l-ok", text: "text-ok" },
  unread: { border: "border-l-line-strong", text: "" },
};

/** The answer in one sentence; a log of which nothing could be read is not called clean. */
function verdict({ lines, parsed, incidents, by_level }: ReportData["summary"]): { look: keyof typeof looks; text: string } {
  const grave = (by_level["CRITICAL"] ?? 0) + (by_level["HIGH"] ?? 0);
  if (lines === 0) return { look: "unread", text: "The log is empty: there was nothing to examine." };
  if (parsed === 0) return { look: "found", text: "Not one line could be read as a request: nothing was examined." };
  if (incidents === 0) return { look: "calm", text: "No attack, abuse or failure was found." };
  return { look: grave > 0 ? "grave" : "found", text: `${plural(incidents, "incident")}, ${grave === 0 ? "none of them grave" : `${formatCount(grave)} of high or critical risk`}.` };
}

/** What was read, and the answer in one sentence. */
export function ReportHead({ data }: { data: ReportData }) {
  const { zone } = usePreferences();
  const { summary, sources } = data;
  const { look, text } = verdict(summary);
  const title = sources.length === 1 ? (sources[0] ?? "") : `${sources.length} files`;
  return (
    <header className={`panel border-l-4 px-5 py-4 ${looks[look].border}`}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <Logo size={34} />
        <div className="min-w-0 flex-1">
          <h1 className="text-[19px] leading-tight font-semibold tracking-tight break-all">{title === "-" ? "Standard input" : <span data-hint={visible(title)}>{visible(title.slice(title.lastIndexOf("/") + 1))}</span>}</h1>
          <p className="mt-0.5 text-muted">
            {plural(summary.lines, "line")}{summary.first && summary.last && <>, {formatDated(summary.first, zone)} to {formatDated(summary.last, zone)} {zone === "utc" ? "UTC" : "local time"}</>}
          </p>
        </div>
        <span className="print:hidden">
          <Segmented label="Time zone" value={zone} options={[{ value: "utc", label: "UTC" }, { value: "local", label: "Local" }]} onChange={(value) => setPreferences({ zone: value })} />
        </span>
      </div>
      <p className={`mt-3 text-[17px] font-semibold ${looks[look].text}`}>{text}</p>
    </header>
  );
}
