import { ApiProblem, problemOf } from "./problem";

const patienceMs = 20_000;

let csrf = "";
let onSignedOut: () => void = () => {};

/** Keeps the token that unsafe requests must carry beside the cookie. */
export function setCsrf(token: string): void {
  csrf = token;
}

/** Says what to do when the server no longer knows the session. */
export function setSignedOutHandler(handler: () => void): void {
  onSignedOut = handler;
}

export type Params = Record<string, string | number | boolean | null | undefined>;

/** A path with its query; empty values are left out. */
export function withParams(path: string, params: Params): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  signal?: AbortSignal;
  /** Longer than the usual 20 s, for what takes its time (training). */
  patienceMs?: number;
}

/** Asks the server and reads its JSON answer. Throws {@link ApiProblem}, or the abort of `signal`. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const timeout = AbortSignal.timeout(options.patienceMs ?? patienceMs);
  const headers: Record<string, string> = { Accept: "application/json" };
  if (options.method && options.method !== "GET") headers["X-CSRF-Token"] = csrf;
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(path, {
      method: options.method ?? "GET",
      headers,
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
      credentials: "same-origin",
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    if (timeout.aborted) throw new ApiProblem("slow", "No answer in time", "");
    throw new ApiProblem("unreachable", "No connection", "");
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.kind === "signed_out") onSignedOut();
    throw problem;
  }
  if (response.status === 204) return undefined as T;
  return (await response.json().catch(() => {
    throw new ApiProblem("broken", "The answer is no JSON", "Is there a proxy in between?", response.status);
  })) as T;
}
