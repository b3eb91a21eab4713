/** One field of a request that the server refuses. */
export interface FieldError {
  field: string;
  error: string;
}

/** Why a request brought no answer, sorted by what a person can do about it. */
export type ProblemKind = "unreachable" | "slow" | "signed_out" | "forbidden" | "missing" | "refused" | "busy" | "broken";

/** A request that failed: RFC 9457 from the server, or made here when the server did not answer. */
export class ApiProblem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly title: string,
    readonly detail: string,
    readonly status = 0,
    readonly errors: FieldError[] = [],
  ) {
    super(detail || title);
    this.name = "ApiProblem";
  }
}

function kindOf(status: number): ProblemKind {
  if (status === 401) return "signed_out";
  if (status === 403) return "forbidden";
  if (status === 404) return "missing";
  if (status === 429 || status === 503) return "busy";
  return status < 500 ? "refused" : "broken";
}

/** Reads problem+json; a body that is none (a proxy's page, say) still gives a problem. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => null)) as { title?: unknown; detail?: unknown; errors?: unknown } | null;
  const title = typeof body?.title === "string" ? body.title : `The server answered ${response.status}`;
  const detail = typeof body?.detail === "string" ? body.detail : "";
  const errors = Array.isArray(body?.errors) ? (body.errors as FieldError[]) : [];
  return new ApiProblem(kindOf(response.status), title, detail, response.status, errors);
}

const advice: Record<ProblemKind, { title: string; advice: string }> = {
  unreachable: { title: "The server does not answer", advice: "Check that Vedette runs (“vedette doctor” says what is wrong) and that this machine reaches it. The page tries again by itself." },
  slow: { title: "The server is slow to answer", advice: "It may be starting or busy. Try again, or ask for a shorter time range." },
  signed_out: { title: "You are signed out", advice: "The session ended. Sign in again with your key." },
  forbidden: { title: "Your role may not see this", advice: "Ask an administrator for a key with a higher role." },
  missing: { title: "Not found", advice: "It may have been removed when its retention time was over." },
  refused: { title: "The server refused the request", advice: "Change the filters and try again." },
  busy: { title: "The server has no room right now", advice: "It will catch up; the page tries again by itself." },
  broken: { title: "The server failed", advice: "Its log says why. Try again; if it persists, “vedette doctor” helps." },
};

/** What to tell a person about a failed request: what happened and what to do. */
export function describeProblem(error: unknown): { title: string; detail: string; advice: string } {
  if (!(error instanceof ApiProblem)) return { title: "This page failed", detail: error instanceof Error ? error.message : "", advice: "Reload the page." };
  const known = advice[error.kind];
  const fields = error.errors.map((entry) => `${entry.field}: ${entry.error}`).join(" · ");
  return { title: known.title, detail: [error.detail || (error.status > 0 ? error.title : ""), fields].filter(Boolean).join(" — "), advice: known.advice };
}
