import { describe, expect, test } from "vitest";
import { decodeTarget, readLogged, readsAs } from "./logged";

describe("a logged line", () => {
  test("of JSON is read: request, answer, who and when", () => {
    const read = readLogged('{"timestamp":"2026-03-11T03:00:00.000Z","client_ip":"203.0.113.9","method":"GET","path":"/search","query":"q=19%27%20OR%201=1","status":403,"user":"eve","body":"a=1"}');
    expect(read).toEqual({ request: "GET /search?q=19%27%20OR%201=1", decoded: "/search?q=19' OR 1=1", body: "a=1", time: "2026-03-11T03:00:00.000Z", facts: ["203.0.113.9", "eve", "403"] });
  });
  test.each(['203.0.113.9 - - [11/Mar/2026:03:00:00 +0000] "GET / HTTP/1.1" 200 5', "{broken", "[1]", "{}", '{"path":7}'])("of another kind is left as it is: %s", (line) => expect(readLogged(line)).toBeNull());
  test("of an access log says what its target reads as, where that differs", () => {
    expect(readsAs('203.0.113.9 - - [11/Mar/2026:03:00:00 +0000] "GET /search?q=%24%28id%29 HTTP/1.1" 200 5')).toBe("/search?q=$(id)");
    expect(readsAs('203.0.113.9 - - [11/Mar/2026:03:00:00 +0000] "GET /search?q=id HTTP/1.1" 200 5')).toBe("");
    expect(readsAs("no request at all %20")).toBe("");
  });
  test("has its encodings taken off, also those put on twice, and broken ones left", () => {
    expect(decodeTarget("page=115%2527%2520OR")).toBe("page=115' OR");
    expect(decodeTarget("a=%ff%zz+b")).toBe("a=%ff%zz b");
  });
});
