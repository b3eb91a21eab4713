import { useStatus } from "@/shared/api/useStatus";
import { Notice } from "@/shared/ui/Notice";

/** Why the list is empty; where no traffic has come, that is no good news. */
export function NoIncidents({ isFiltered }: { isFiltered: boolean }) {
  const status = useStatus().data;
  if (isFiltered) return <Notice title="No incident passes these filters">Clear a filter or choose a longer time.</Notice>;
  if (status && status.events.received === 0 && status.logs_processed === 0) return <Notice look="wait" title="No traffic has come yet">Incidents appear here by themselves once there is traffic to find them in; the overview says how to send it.</Notice>;
  return <Notice look="good" title="No incidents in this time">Nothing was found that is worth your time. A longer range may show earlier ones.</Notice>;
}
