import { useStats } from "@/shared/api/useStats";
import { useTimeRange } from "@/shared/time/useTimeRange";
import { Loaded } from "@/shared/ui/Loaded";
import { AnomaliesByEndpoint } from "./AnomaliesByEndpoint";
import { AttackTypes } from "./AttackTypes";
import { Figures } from "./Figures";
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
  return (
    <div className="space-y-3 pt-3">
      <Verdict range={range} />
      <Loaded query={stats} skeleton={<div className="skeleton h-[420px]" />}>
        {(data) => (
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
