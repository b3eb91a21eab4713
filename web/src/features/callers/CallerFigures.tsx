import { formatCompact, formatCount, formatShare } from "@/shared/format/number";
import { Stat } from "@/shared/ui/Stat";
import { TimeText } from "@/shared/ui/TimeText";
import type { CallerDetail } from "./useCaller";

const classes = { normal: "like most callers", heavy: "much, but like a person", bot: "like a program" };

/** The caller in six figures. */
export function CallerFigures({ data }: { data: CallerDetail }) {
  const tone = data.risk >= 80 ? "critical" : data.risk >= 60 ? "high" : data.risk >= 40 ? "medium" : "ink";
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      <Stat label="Risk" value={data.risk} tone={tone} detail="of 100" hint="The highest risk of what was found about this caller in the chosen time." />
      <Stat label="Class of use" value={data.usage_class ?? "–"} detail={data.usage_class ? classes[data.usage_class] : "not judged yet"} hint="Clusters of behavior: normal, heavy, bot." />
      <Stat label="Requests" value={formatCompact(data.requests)} detail={`to ${formatCount(data.endpoints.length)} endpoints`} hint={`${formatCount(data.requests)} requests in the chosen time.`} />
      <Stat label="Errors" value={formatShare(data.error_rate)} tone={data.error_rate > 0.3 ? "high" : "ink"} detail="answered 4xx or 5xx" hint="Share of requests answered with 400 or above." />
      <Stat label="First seen" detail="in what is stored" value={<TimeText time={data.first_seen} look="ago" />} hint="The first request that is stored." />
      <Stat label="Last seen" detail="in what is stored" value={<TimeText time={data.last_seen} look="ago" />} hint="The latest request." />
    </div>
  );
}
