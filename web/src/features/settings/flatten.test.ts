import { expect, test } from "vitest";
import { flatten, nest, parseLike } from "./flatten";

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
