import type { IncomingMessage, ServerResponse } from "node:http";
import { answer } from "./api";
import type { MockState } from "./state";

const maxBody = 1 << 20;

/** True for what the server answers itself, not the application's files. */
export function isApi(path: string): boolean {
  return path.startsWith("/api/") || path === "/status" || path === "/train";
}

/** Serves one API request from the mock's state. */
export async function handle(state: MockState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = "";
  for await (const chunk of request) if ((text += String(chunk)).length > maxBody) break;
  const url = new URL(request.url ?? "/", "http://mock");
  const result = answer(state, request.method ?? "GET", url, text ? (JSON.parse(text) as Record<string, unknown>) : {}, { csrf: request.headers["x-csrf-token"] as string | undefined, cookie: request.headers.cookie });
  response.statusCode = result.status;
  if (result.cookie) response.setHeader("Set-Cookie", result.cookie);
  response.setHeader("Content-Type", result.status >= 400 ? "application/problem+json" : "application/json");
  response.end(result.body === undefined ? "" : JSON.stringify(result.body));
}
