import { BarList } from "@/shared/charts/BarList";
import { SplitBar } from "@/shared/charts/SplitBar";
import { formatCount } from "@/shared/format/number";
import { humanize } from "@/shared/format/text";
import { levels } from "@/shared/incident/order";
import { typeInfo } from "@/shared/incident/types";
import { levelFill } from "@/shared/ui/LevelBadge";
import { Panel } from "@/shared/ui/Panel";
import type { ReportData } from "./data";

/** What was found, by level and by type; a type leads to its incidents. */
export function ReportTypes({ summary, onType }: { summary: ReportData["summary"]; onType: (type: string) => void }) {
  const rows = Object.entries(summary.by_type).sort(([, a], [, b]) => b - a);
  const most = rows[0]?.[1] ?? 1;
  const half = Math.ceil(rows.length / 2);
  const bars = (part: typeof rows) => (
    <BarList
      most={most}
      rows={part.map(([type, count]) => ({
        key: type,
        label: <a href="#incidents" onClick={() => onType(type)} className="hover:text-accent hover:underline">{typeInfo(type).title}</a>,
        value: count,
        shown: formatCount(count),
        color: "var(--high-fill)",
        hint: typeInfo(type).means,
      }))}
    />
  );
  if (rows.length === 0) return null;
  return (
    <Panel title="What was found" hint="Incidents by level and by type. Press a type to see its incidents.">
      <SplitBar label="Incidents by level" parts={levels.map((level) => ({ name: humanize(level.toLowerCase()), value: summary.by_level[level] ?? 0, color: levelFill[level] }))} />
      <div className="mt-4 grid gap-x-8 gap-y-1.5 md:grid-cols-2 print:grid-cols-2">
        {bars(rows.slice(0, half))}
        {half < rows.length && bars(rows.slice(half))}
      </div>
    </Panel>
  );
}
