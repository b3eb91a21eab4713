import { useQuery } from "@tanstack/react-query";
import type { Feedback, Incident } from "@/shared/api/incident";
import { request } from "@/shared/api/client";
import type { TrafficBucket } from "@/shared/api/traffic";

/** An incident with what was said about it, what it is related to, and the traffic around it. */
export interface IncidentDetail extends Incident {
  feedback: Feedback[];
  related: Incident[];
  traffic: TrafficBucket[];
}

export function useIncident(id: string) {
  return useQuery({ queryKey: ["incidents", "one", id], queryFn: ({ signal }) => request<IncidentDetail>(`/api/incidents/${encodeURIComponent(id)}`, { signal }) });
}
