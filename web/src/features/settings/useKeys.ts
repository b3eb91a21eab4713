import { useQuery } from "@tanstack/react-query";
import { request } from "@/shared/api/client";
import type { Page } from "@/shared/api/page";
import type { Role } from "@/shared/session/session";

export interface Key {
  id: string;
  name: string;
  role: Role;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
}

export function useKeys() {
  return useQuery({ queryKey: ["keys"], queryFn: ({ signal }) => request<Page<Key>>("/api/keys", { signal }) });
}
