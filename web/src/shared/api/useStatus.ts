import { useQuery } from "@tanstack/react-query";
import { request } from "./client";
import type { Status } from "./status";

/** The service's state, asked again every 15 s. */
export function useStatus() {
  return useQuery({ queryKey: ["status"], queryFn: ({ signal }) => request<Status>("/status", { signal }), refetchInterval: 15_000 });
}
