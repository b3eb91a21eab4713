import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { hostile } from "@mock/hostile";
import { incidentCommand, replayCommand, requestOf, shellQuote } from "./curl";

/** What a real shell makes of the quoted text. */
function throughShell(quoted: string): string {
  return execFileSync("sh", ["-c", `printf %s ${quoted}`], { encoding: "utf8" });
}

test.each(["plain", "it's", "a'b'c", "$(touch /nowhere/x)", "`id`", "\\", "\"; rm -rf ~; '", "!!", hostile.html, hostile.attribute])("a shell reads %s as data", (text) => {
  expect(throughShell(shellQuote(text))).toBe(text);
});

test("a line break cannot end the command", () => {
  expect(shellQuote("a\nrm -rf ~")).not.toContain("\n");
  expect(shellQuote(hostile.control)).not.toMatch(/[\u0000-\u001f]/);
});

test("an access-log line becomes a command against $HOST", () => {
  const line = `203.0.113.9 - - [21/Nov/2026:02:41:07 +0000] "POST /api/login?next=/a'b HTTP/1.1" 401 12 "-" "curl/8"`;
  expect(requestOf(line)).toEqual({ method: "POST", target: "/api/login?next=/a'b" });
  expect(replayCommand(line)).toBe(`curl --globoff --path-as-is -i -X POST "$HOST"'/api/login?next=/a'\\''b'`);
});

test("a JSON line becomes a command too", () => {
  expect(requestOf('{"method":"GET","path":"/search","query":"q=1"}')).toEqual({ method: "GET", target: "/search?q=1" });
});

test("a line without a request gives none", () => {
  expect(replayCommand("\\x16\\x03\\x01")).toBeNull();
  expect(replayCommand('{"path":')).toBeNull();
});

test("a JSON method cannot smuggle in options", () => expect(replayCommand('{"method":"GET -o /etc/passwd","path":"/"}')).toBeNull());

test("an incident is fetched with the key from the environment, never with one in the text", () => {
  expect(incidentCommand("https://v.example", "inc-1")).toBe(`curl -s -H "Authorization: Bearer $VEDETTE_KEY" 'https://v.example/api/incidents/inc-1'`);
});
