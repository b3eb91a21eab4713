import { SplitBar } from "@/shared/charts/SplitBar";
import { humanize } from "@/shared/format/text";
import { Panel } from "@/shared/ui/Panel";
import { CountTable } from "./CountTable";
import type { ReportData } from "./data";

const shades = ["var(--accent)", "var(--ok)", "var(--medium-fill)", "var(--high-fill)", "var(--low-fill)", "var(--critical-fill)"];

function parts(counts: Record<string, number>) {
  return Object.entries(counts).sort(([, a], [, b]) => b - a).slice(0, shades.length).map(([name, value], index) => ({ name: /^[A-Z]+$/.test(name) ? name : humanize(name), value, color: shades[index] ?? "" }));
}

/** Who asked for what, how often, and how it went. */
export function TrafficTables({ traffic }: { traffic: ReportData["traffic"] }) {
  return (
    <div className="grid grid-cols-1 gap-3 lg:grid-cols-2 print:grid-cols-2">
      <Panel title="Endpoints" hint="The busiest, as learnt from the paths." className="lg:col-span-2 print:col-span-2"><CountTable label="Endpoint" rows={traffic.routes.map((row) => ({ ...row, text: `${row.method} ${row.text}` }))} hasTimes /></Panel>
      <Panel title="Callers" hint="Addresses with the most requests."><CountTable label="Address" rows={traffic.callers} /></Panel>
      <Panel title="Missing paths" hint="Paths answered 404 or 410 most often."><CountTable label="Path" rows={traffic.missing} isPlain /></Panel>
      <Panel title="User agents" hint="What callers say they are.">
        <SplitBar label="Kinds of user agents" parts={parts(traffic.agent_kinds)} />
        <div className="mt-3"><CountTable label="User agent" rows={traffic.agents} isPlain /></div>
      </Panel>
      <Panel title="Referers" hint="Pages that led here, as callers tell it."><CountTable label="Referer" rows={traffic.referers} isPlain /></Panel>
      <Panel title="Methods"><SplitBar label="Methods" parts={parts(traffic.methods)} /></Panel>
      <Panel title="Status codes"><SplitBar label="Status codes" parts={parts(traffic.statuses)} /></Panel>
    </div>
  );
}
