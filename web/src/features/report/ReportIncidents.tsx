import { useEffect, useState } from "react";
import { formatCount } from "@/shared/format/number";
import { Button } from "@/shared/ui/Button";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { Segmented } from "@/shared/ui/Segmented";
import type { ReportData } from "./data";
import { ReportIncident } from "./ReportIncident";

const pageSize = 50;
const printed = 20;
const floors = [{ value: "0", label: "All" }, { value: "40", label: "Medium" }, { value: "60", label: "High" }, { value: "80", label: "Critical" }] as const;

/** The incidents, the riskiest first; each unfolds. On paper the first twenty are unfolded. */
export function ReportIncidents({ data }: { data: ReportData }) {
  const [floor, setFloor] = useState<(typeof floors)[number]["value"]>("0");
  const [most, setMost] = useState(pageSize);
  useEffect(() => {
    const unfold = () => document.querySelectorAll<HTMLDetailsElement>("details[data-incident]").forEach((details, index) => (details.open ||= index < printed));
    window.addEventListener("beforeprint", unfold);
    return () => window.removeEventListener("beforeprint", unfold);
  }, []);
  if (data.summary.incidents === 0) return null;
  const rows = data.incidents.filter((incident) => incident.risk >= Number(floor));
  const left = data.summary.incidents - data.incidents.length;
  return (
    <Panel title="Incidents" hint="One campaign or fault is one incident. Press one to see why." aside={<span className="print:hidden"><Segmented label="Least level" value={floor} options={floors} onChange={setFloor} /></span>}>
      {rows.length === 0 ? <Notice look="good" title="None of this level" isSmall /> : rows.slice(0, most).map((incident, index) => <ReportIncident key={incident.id} incident={incident} isOpen={index === 0} />)}
      {rows.length > most && <Button className="mt-3 print:hidden" onClick={() => setMost(most + pageSize)}>Show {Math.min(pageSize, rows.length - most)} more of {formatCount(rows.length - most)}</Button>}
      {left > 0 && <p className="mt-3 text-muted">{formatCount(left)} of lower risk are left out here to keep the file small; “--output json” has them all.</p>}
    </Panel>
  );
}
