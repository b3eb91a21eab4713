import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { featureHint, formatFeature } from "./drivers";

const engine = join(import.meta.dirname, "../../../../src/Vedette.Engine");

/** Names the engine gives to numbers that explain: features of the models, drivers of the detectors. */
function names(): string[] {
  const files = readdirSync(engine, { recursive: true, encoding: "utf8" }).filter((file) => /(Features|Detector|Reporter|Forecaster?)\.cs$/.test(file));
  const found = files.flatMap((file) => [...readFileSync(join(engine, file), "utf8").matchAll(/(?:^\s+new\(|new Driver\()"([a-z0-9_]+)",/gm)].map((match) => match[1] ?? ""));
  return [...new Set(found)];
}

test("every number of the engine has a name and an explanation for people", () => {
  expect(names().length).toBeGreaterThan(60);
  expect(names().filter((name) => featureHint(name) === "")).toEqual([]);
});

test.each([["response_kib", 1536, "1.5 MiB"], ["gap_seconds", 2.5, "2.5 s"], ["latency_octaves", -1, "1/2 of the median"], ["error_rate", 0.5, "50%"], ["payload_mean", 300, "300 B"], ["unheard_of", 7, "7"]])("%s of %s reads %s", (name, value, text) => expect(formatFeature(name, value)).toBe(text));
