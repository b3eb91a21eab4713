import { useState } from "react";
import { HintLayer } from "@/shared/ui/HintLayer";
import { Notice } from "@/shared/ui/Notice";
import type { ReportData } from "./data";
import { ReportFigures } from "./ReportFigures";
import { ReportHead } from "./ReportHead";
import { ReportIncidents } from "./ReportIncidents";
import { ReportReading } from "./ReportReading";
import { ReportTraffic } from "./ReportTraffic";
import { ReportTypes } from "./ReportTypes";
import { TrafficTables } from "./TrafficTables";

/** A scan's report: what was found, then the traffic it was found in. */
export function ReportPage({ data }: { data: ReportData | null }) {
  const [type, setType] = useState("");
  if (!data) return <Notice look="problem" title="This report holds no data">It is the empty form. “vedette scan access.log --output html --out report.html” fills it.</Notice>;
  const hasTraffic = data.summary.parsed > 0;
  return (
    <main className="mx-auto w-full max-w-[1280px] space-y-3 px-3 py-5 sm:px-6">
      <ReportHead data={data} />
      {hasTraffic && <ReportFigures data={data} />}
      {hasTraffic && <ReportTraffic data={data} />}
      <ReportTypes summary={data.summary} onType={setType} />
      <div id="incidents" className="scroll-mt-3">
        <ReportIncidents data={data} type={type} onType={setType} />
      </div>
      {hasTraffic && <TrafficTables traffic={data.traffic} />}
      <ReportReading data={data} />
      <HintLayer />
    </main>
  );
}
