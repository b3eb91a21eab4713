import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/shared/api/client";
import { fetchSession } from "@/shared/session/useSessionQuery";

/** Signs in with a key, or with the token of a one-time link; the server answers with a cookie. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (proof: { key: string } | { token: string }) => request<void>("/api/session", { method: "POST", body: proof }),
    onSuccess: async () => {
      // A question asked before the sign-in may still be under way; its answer would undo it.
      await client.cancelQueries({ queryKey: ["session"] });
      client.setQueryData(["session"], await fetchSession());
    },
  });
}
