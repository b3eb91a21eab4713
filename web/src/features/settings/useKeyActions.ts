import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/shared/api/client";
import type { Role } from "@/shared/session/session";

/** A key as it is shown once. */
export interface IssuedKey {
  id: string;
  name: string;
  role: Role;
  key: string;
}

/** Makes, renews and revokes keys. */
export function useKeyActions() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["keys"] });
  const create = useMutation({ mutationFn: (wanted: { name: string; role: Role; expires_at?: string }) => request<IssuedKey>("/api/keys", { method: "POST", body: wanted }), onSuccess });
  const rotate = useMutation({ mutationFn: (id: string) => request<IssuedKey>(`/api/keys/${encodeURIComponent(id)}/rotate`, { method: "POST" }), onSuccess });
  const revoke = useMutation({ mutationFn: (id: string) => request<void>(`/api/keys/${encodeURIComponent(id)}`, { method: "DELETE" }), onSuccess });
  return { create, rotate, revoke };
}
