import { useState } from "react";
import { formatCount } from "@/shared/format/number";
import { typeInfo } from "@/shared/incident/types";
import { Button } from "@/shared/ui/Button";
import { Select } from "@/shared/ui/Field";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { Segmented } from "@/shared/ui/Segmented";
import type { ReportData } from "./data";
import { ReportIncident } from "./ReportIncident";
import { usePrinting } from "./usePrinting";

const pageSize = 50;
const onPaper = { unfolded: 12, listed: 100 };
const floors = [{ value: "0", label: "All" }, { value: "40", label: "Medium" }, { value: "60", label: "High" }, { value: "80", label: "Critical" }] as const;

/** The incidents, the riskiest first; each unfolds. Paper holds a hundred, the first twelve of them unfolded. */
export function ReportIncidents({ data, type, onType }: { data: ReportData; type: string; onType: (type: string) => void }) {
  const isPrinting = usePrinting();
  const [floor, setFloor] = useState<(typeof floors)[number]["value"]>("0");
  const [most, setMost] = useState(pageSize);
  if (data.summary.incidents === 0) return null;
  const rows = data.incidents.filter((incident) => incident.risk >= Number(floor) && (!type || incident.type === type));
  const shown = rows.slice(0, isPrinting ? onPaper.listed : most);
  const left = data.summary.incidents - data.incidents.length;
  const types = Object.entries(data.summary.by_type).sort(([, a], [, b]) => b - a);
  const choices = (
    <span className="flex flex-wrap items-center gap-2 py-1 print:hidden">
      <Select label="Type" value={type} onChange={(event) => onType(event.target.value)}>
        <option value="">Any type</option>
        {types.map(([name, count]) => <option key={name} value={name}>{typeInfo(name).title} ({count})</option>)}
      </Select>
      <Segmented label="Least level" value={floor} options={floors} onChange={setFloor} />
    </span>
  );
  return (
    <Panel title="Incidents, the riskiest first" hint="One campaign or fault is one incident. Press one to see why." aside={choices} className="print-flows">
      {shown.length === 0 ? <Notice look="good" title={type ? `No ${typeInfo(type).title} of this level among those in this file` : "None of this level"} isSmall /> : shown.map((incident, index) => <ReportIncident key={incident.id} incident={incident} isFirst={index === 0} isForced={isPrinting && index < onPaper.unfolded} />)}
      {rows.length > most && <Button className="mt-3 print:hidden" onClick={() => setMost(most + pageSize)}>Show {Math.min(pageSize, rows.length - most)} more of {formatCount(rows.length - most)}</Button>}
      {isPrinting && rows.length > shown.length && <p className="mt-3 text-muted">{formatCount(rows.length - shown.length)} more are in the file this was printed from.</p>}
      {left > 0 && <p className="mt-3 text-muted">{formatCount(left)} of lower risk are left out to keep the file small; “--output json” has them all.</p>}
    </Panel>
  );
}
