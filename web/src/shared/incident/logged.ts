import { requestOf } from "@/shared/format/curl";

/** What a logged line says, for somebody who has to understand it quickly. */
export interface Logged {
  /** Method and target as they were sent. */
  request: string;
  /** The target and the body with their encodings taken off, where that reads otherwise. */
  decoded: string;
  body: string;
  time: string;
  /** Who sent it, how it was answered. */
  facts: string[];
}

const mostDecodings = 3;

/** Takes percent encodings off, also those put on twice; what is no proper encoding stays as it is. */
export function decodeTarget(text: string): string {
  let read = text.replaceAll("+", " ");
  for (let i = 0; i < mostDecodings; i++) {
    const next = read.replaceAll(/(?:%[0-9a-f]{2})+/gi, (piece) => {
      try {
        return decodeURIComponent(piece);
      } catch {
        return piece;
      }
    });
    if (next === read) break;
    read = next;
  }
  return read;
}

function rowOf(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** The target of a logged line with its encodings taken off; empty where it reads the same as it was sent, or where the line shows none. */
export function readsAs(line: string): string {
  const sent = requestOf(line);
  const decoded = sent ? decodeTarget(sent.target) : "";
  return decoded === sent?.target ? "" : decoded;
}

/** Reads a line of JSON; null for every other kind of log, which people read as it is. */
export function readLogged(line: string): Logged | null {
  const sent = line.startsWith("{") ? requestOf(line) : null;
  const row = sent && rowOf(line);
  if (!sent || !row) return null;
  const text = (...names: string[]) => names.map((name) => row[name]).find((value) => typeof value === "string" || typeof value === "number");
  const facts = [text("client_ip", "ip_address", "ip", "remote_addr"), text("user", "user_id"), text("status", "status_code")].flatMap((value) => (value === undefined || value === "" ? [] : [String(value)]));
  return { request: `${sent.method} ${sent.target}`, decoded: readsAs(line), body: String(text("body") ?? ""), time: String(text("timestamp", "time", "@timestamp") ?? ""), facts };
}
