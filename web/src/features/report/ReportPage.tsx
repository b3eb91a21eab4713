import { HintLayer } from "@/shared/ui/HintLayer";
import { Notice } from "@/shared/ui/Notice";
import type { ReportData } from "./data";
import { ReportFigures } from "./ReportFigures";
import { ReportHead } from "./ReportHead";
import { ReportIncidents } from "./ReportIncidents";
import { ReportReading } from "./ReportReading";
import { ReportTraffic } from "./ReportTraffic";
import { TrafficTables } from "./TrafficTables";

/** A scan's report: what was found, then the traffic it was found in. */
export function ReportPage({ data }: { data: ReportData | null }) {
  if (!data) return <Notice look="problem" title="This report holds no data">It is the empty form. “vedette scan access.log --output html --out report.html” fills it.</Notice>;
  return (
    <main className="mx-auto w-full max-w-[1280px] space-y-3 px-3 py-5 sm:px-6">
      <ReportHead data={data} />
      <ReportFigures data={data} />
      <ReportTraffic data={data} />
      <ReportIncidents data={data} />
      <TrafficTables traffic={data.traffic} />
      <ReportReading data={data} />
      <HintLayer />
    </main>
  );
}
