import { expect, test } from "vitest";
import { readValue, flatten, nest, parseLike } from "./flatten";

test("a document of any depth becomes rows by path", () => {
  const rows = flatten({ Risk: { High: 60 }, Proxies: { Trusted: ["a", "b"], Deep: { Er: true } }, Allow: [] });
  expect(rows.map((row) => [row.path, row.section, row.value])).toEqual([["Risk:High", "Risk", 60], ["Proxies:Trusted", "Proxies", ["a", "b"]], ["Proxies:Deep:Er", "Proxies", true], ["Allow", "General", []]]);
});

test("a change is the partial document that leads there", () => expect(nest("Risk:High", 70)).toEqual({ Risk: { High: 70 } }));

test("a typed text becomes the kind of value it replaces, or nothing", () => {
  expect(parseLike("70", 60)).toBe(70);
  expect(parseLike("seventy", 60)).toBeUndefined();
  expect(parseLike(" ", 60)).toBeUndefined();
  expect(parseLike("true", false)).toBe(true);
  expect(parseLike("yes", false)).toBeUndefined();
  expect(parseLike("a, b,", ["x"])).toEqual(["a", "b"]);
});

test("values are shown so that a person can read them", () => {
  const read = (name: string, value: string | number) => readValue({ path: name, section: "", name, value });
  expect(read("MaxAge", "30.00:00:00")).toBe("30 days");
  expect(read("CommandTimeout", "00:01:30")).toBe("1 minute 30 seconds");
  expect(read("MaxBytes", 0)).toBe("no limit");
  expect(read("MaxBodyBytes", 16777216)).toBe("16777216 (16 MiB)");
  expect(read("Port", 8080)).toBe("8080");
});
