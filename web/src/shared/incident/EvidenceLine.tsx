import type { Evidence } from "@/shared/api/incident";
import { Untrusted } from "@/shared/ui/Untrusted";
import { TimeText } from "@/shared/ui/TimeText";
import { readLogged, readsAs } from "./logged";

function Named({ name, text }: { name: string; text: string }) {
  return (
    <p className="mt-0.5 break-all">
      <span className="text-[12px] text-muted">{name} </span>
      <Untrusted text={text} />
    </p>
  );
}

/** One logged request: what was sent and answered in front, the line itself behind it. */
export function EvidenceLine({ line }: { line: Evidence }) {
  const read = readLogged(line.text);
  if (!read) {
    const decoded = readsAs(line.text);
    return (
      <div className="px-3 pb-2">
        <p className="break-all">
          <Untrusted text={line.text} />
        </p>
        {decoded && <Named name="reads" text={decoded} />}
      </div>
    );
  }
  return (
    <div className="px-3 pb-2">
      <p className="break-all">
        <Untrusted text={read.request} className="font-semibold" />
      </p>
      {read.decoded && <Named name="reads" text={read.decoded} />}
      {read.body && <Named name="body" text={read.body} />}
      <p className="mt-0.5 flex flex-wrap gap-x-3 text-[12.5px] text-muted">
        {read.time && <TimeText time={read.time} />}
        {read.facts.map((fact) => (
          <Untrusted key={fact} text={fact} most={80} />
        ))}
      </p>
      <details className="mt-0.5 text-[12px] text-muted print:hidden">
        <summary className="cursor-pointer hover:text-ink">as it was logged</summary>
        <p className="mt-1 break-all">
          <Untrusted text={line.text} />
        </p>
      </details>
    </div>
  );
}
