import { createContext, useContext } from "react";

export type Role = "ingest" | "viewer" | "analyst" | "admin" | "bouncer";

/** Who is signed in. */
export interface Session {
  signed_in: boolean;
  name: string | null;
  role: Role | null;
  csrf: string | null;
}

const rank: Record<Role, number> = { ingest: 0, bouncer: 0, viewer: 1, analyst: 2, admin: 3 };

/** True if the role includes the rights of `needed`. */
export function may(session: Session, needed: "viewer" | "analyst" | "admin"): boolean {
  return session.role !== null && rank[session.role] >= rank[needed];
}

/** Why a control is disabled, for its tooltip; null if it is not. */
export function refusal(session: Session, needed: "viewer" | "analyst" | "admin"): string | null {
  return may(session, needed) ? null : `Needs the role ${needed}; yours is ${session.role ?? "none"}.`;
}

const nobody: Session = { signed_in: false, name: null, role: null, csrf: null };

export const SessionContext = createContext<Session>(nobody);

export function useSession(): Session {
  return useContext(SessionContext);
}
