import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/shared/api/client";

/** Puts a version to work; it votes from the next minute of events on. */
export function useActivate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (version: string) => request<unknown>(`/api/models/${encodeURIComponent(version)}/activate`, { method: "POST" }),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ["models"] }), client.invalidateQueries({ queryKey: ["status"] })]),
  });
}
