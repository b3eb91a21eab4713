import type { Evidence } from "@/shared/api/incident";
import { replayCommand } from "@/shared/format/curl";
import { formatCount } from "@/shared/format/number";
import { CopyButton } from "@/shared/ui/CopyButton";
import { EvidenceLine } from "./EvidenceLine";

/** Paper holds fewer of them. */
const onPaper = 3;

/** The requests that prove an incident, as they were logged; shown as text, whatever they contain. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  if (evidence.length === 0) return <p className="text-muted">No single request shows it; the numbers above do.</p>;
  return (
    <ol className="space-y-1.5">
      {evidence.map((line, index) => {
        const replay = replayCommand(line.text);
        return (
          <li key={`${line.source ?? 0} ${line.line}`} className={`rounded-md border border-line bg-sunken ${index < onPaper ? "" : "print:hidden"}`}>
            <div className="flex min-h-7 items-center justify-between gap-2 pr-1 pl-3 text-[12px] text-muted">
              <span data-hint="Where it stands in its source, counted from 1.">line {formatCount(line.line)}</span>
              <span className="flex print:hidden">
                {replay && <CopyButton label="curl" text={() => replay} hint="Copies a command that sends this request to $HOST again. It repeats the attack: use it on a test system." />}
                <CopyButton label="Line" text={() => line.text} />
              </span>
            </div>
            <EvidenceLine line={line} />
          </li>
        );
      })}
    </ol>
  );
}
