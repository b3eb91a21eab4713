import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/shared/api/client";

const patienceMs = 10 * 60_000;

/** Trains on the stored traffic: an empty body means "what you have seen". */
export function useTrain() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<unknown>("/train", { method: "POST", body: {}, patienceMs }),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ["models"] }), client.invalidateQueries({ queryKey: ["status"] })]),
  });
}
