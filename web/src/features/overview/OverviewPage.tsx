import { Link } from "react-router";
import { useStats } from "@/shared/api/useStats";
import { useStatus } from "@/shared/api/useStatus";
import { useTimeRange } from "@/shared/time/useTimeRange";
import { Loaded } from "@/shared/ui/Loaded";
import { Notice } from "@/shared/ui/Notice";
import { AnomaliesByEndpoint } from "./AnomaliesByEndpoint";
import { AttackTypes } from "./AttackTypes";
import { Figures } from "./Figures";
import { FirstSteps } from "./FirstSteps";
import { HealthPanel } from "./HealthPanel";
import { IncidentFeed } from "./IncidentFeed";
import { NotWatched } from "./NotWatched";
import { RiskOverTime } from "./RiskOverTime";
import { TopCallers } from "./TopCallers";
import { TrafficPanel } from "./TrafficPanel";
import { Verdict } from "./Verdict";

/** Is something wrong, what, who, since when; then how the traffic and the watch itself are. */
export function OverviewPage() {
  const range = useTimeRange();
  const stats = useStats(range);
  const status = useStatus().data;
  const hasTraffic = !status || status.events.received > 0 || status.logs_processed > 0;
  return (
    <div className="space-y-3 pt-3">
      <Verdict range={range} />
      <Loaded query={stats} skeleton={<div className="skeleton h-[420px]" />}>
        {(data) => data.total_requests === 0 ? (
          <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-3">
            {hasTraffic ? <div className="panel lg:col-span-2"><Notice title="No traffic in this time">Choose a longer time above, or see under <Link to="/settings/sources" className="text-accent hover:underline">Sources</Link> what came last.</Notice></div> : <FirstSteps className="lg:col-span-2" />}
            <HealthPanel />
          </div>
        ) : (
          <div className="space-y-3">
            <Figures stats={data} />
            <div className="grid grid-cols-1 gap-3 lg:grid-cols-6 2xl:grid-cols-12">
              <TrafficPanel stats={data} className="lg:col-span-4 2xl:col-span-8" />
              <IncidentFeed range={range} className="lg:col-span-2 2xl:col-span-4" />
              <AttackTypes stats={data} className="lg:col-span-3 2xl:col-span-4" />
              <RiskOverTime stats={data} className="lg:col-span-3 2xl:col-span-4" />
              <AnomaliesByEndpoint stats={data} className="lg:col-span-3 2xl:col-span-4" />
              <TopCallers stats={data} className="lg:col-span-3 2xl:col-span-4" />
              <HealthPanel className="lg:col-span-3 2xl:col-span-4" />
              <NotWatched stats={data} className="lg:col-span-3 2xl:col-span-4" />
            </div>
          </div>
        )}
      </Loaded>
      {stats.isError && !stats.data && <HealthPanel />}
    </div>
  );
}
