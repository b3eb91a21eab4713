import { useQuery } from "@tanstack/react-query";
import { request, setCsrf } from "@/shared/api/client";
import type { Session } from "./session";

/** Asks who is signed in, and takes over the token for unsafe requests. */
export async function fetchSession(signal?: AbortSignal): Promise<Session> {
  const session = await request<Session>("/api/session", { signal });
  setCsrf(session.csrf ?? "");
  return session;
}

/** Who is signed in, by the cookie the browser holds. */
export function useSessionQuery() {
  return useQuery({ queryKey: ["session"], queryFn: ({ signal }) => fetchSession(signal), staleTime: 5 * 60_000, refetchOnWindowFocus: true });
}
