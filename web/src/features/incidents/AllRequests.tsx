import { Link } from "react-router";
import type { Incident } from "@/shared/api/incident";
import { pagePath } from "@/shared/ui/paths";

/** Filters of Explore that find an incident's requests among the stored ones; null where no one filter does. */
export function requestFilters({ actor, endpoint }: Pick<Incident, "actor" | "endpoint">): Record<string, string> | null {
  if (actor.kind === "ip") return { client_ip: actor.value };
  if (actor.kind === "user") return { user: actor.value };
  if (actor.kind === "endpoint") return { endpoint: actor.value };
  return actor.kind === "distributed" && endpoint ? { endpoint } : null;
}

/** Leads to all requests of the incident's caller or endpoint, from its first to its last. */
export function AllRequests({ incident }: { incident: Incident }) {
  const filters = requestFilters(incident);
  if (!filters) return null;
  const to = new Date(Date.parse(incident.last_seen) + 1_000).toISOString();
  return (
    <Link to={pagePath("/explore", new URLSearchParams({ from: incident.first_seen, to }), filters)} className="text-accent hover:underline" data-hint={filters["endpoint"] ? "Everything sent to the endpoint in that time." : "Everything the caller sent in that time."}>
      All requests of that time
    </Link>
  );
}
