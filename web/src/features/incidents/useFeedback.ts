import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Verdict } from "@/shared/api/incident";
import { request } from "@/shared/api/client";

/** Says what an incident really was. */
export function useFeedback(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (said: { verdict: Verdict; note?: string }) => request<void>(`/api/incidents/${encodeURIComponent(id)}/feedback`, { method: "POST", body: said }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["incidents"] }),
  });
}
