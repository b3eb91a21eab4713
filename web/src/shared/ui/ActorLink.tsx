import { Link, useSearchParams } from "react-router";
import type { Actor } from "@/shared/api/incident";
import { isPseudonym, pseudonymHint } from "@/shared/format/pseudonym";
import { callerPath, endpointPath } from "./paths";
import { Untrusted } from "./Untrusted";

const kinds: Record<Actor["kind"], string> = { ip: "Address", user: "User", session: "Session", api_key: "API key", endpoint: "Endpoint", distributed: "Several callers" };

/** Whom something is about, leading to what is known of it. */
export function ActorLink({ actor, isPlain = false }: { actor: Pick<Actor, "kind" | "value">; isPlain?: boolean }) {
  const [search] = useSearchParams();
  const isHidden = isPseudonym(actor.value);
  const hint = isHidden ? pseudonymHint : kinds[actor.kind];
  const text = (
    <>
      {isHidden && <span className="mr-1.5 text-muted">session or key</span>}
      <Untrusted text={actor.value} most={80} isPath={actor.kind === "endpoint"} className="[overflow-wrap:anywhere]" />
    </>
  );
  if (isPlain || actor.kind === "distributed" || actor.kind === "api_key" || actor.kind === "session") return <span data-hint={hint}>{text}</span>;
  const to = actor.kind === "endpoint" ? endpointPath(actor.value, undefined, search) : callerPath(actor.kind, actor.value, search);
  return (
    <Link to={to} data-hint={hint} className="hover:text-accent hover:underline">
      {text}
    </Link>
  );
}
