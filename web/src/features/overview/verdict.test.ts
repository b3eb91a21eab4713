import { expect, test } from "vitest";
import { makeIncidents } from "@mock/incidents";
import { makeStatus } from "@mock/service";
import { verdictOf } from "./verdict";

const now = Date.parse("2026-11-21T02:45:00Z");
const status = makeStatus(now, "ensemble");

test("grave incidents that go on are the headline, the gravest first", () => {
  const verdict = verdictOf(makeIncidents(now), status, now, true);
  expect(verdict.look).toBe("bad");
  expect(verdict.headline).toBe("2 grave incidents going on now");
  expect(verdict.incidents.map((one) => one.risk)).toEqual([93, 90]);
});

test("those listed and those not listed add up to the headline", () => {
  const [first] = makeIncidents(now);
  const many = [90, 85, 80, 75, 70, 45].flatMap((risk, index) => (first ? [{ ...first, id: `i${index}`, risk }] : []));
  expect(verdictOf(many, status, now, true)).toMatchObject({ headline: "5 grave incidents going on now", more: "and 3 more, 2 of them grave" });
  expect(verdictOf(many.slice(0, 3), status, now, true).more).toBe("");
});

test("what is over is no alarm, but is mentioned", () => {
  const verdict = verdictOf(makeIncidents(now - 3_600_000), status, now, true);
  expect(verdict.look).toBe("good");
  expect(verdict.detail).toMatch(/^\d+ incidents earlier/);
});

test("what a person judged harmless wakes nobody", () => {
  const incidents = makeIncidents(now).map((one) => ({ ...one, verdict: "false_positive" as const }));
  expect(verdictOf(incidents, status, now, true).look).toBe("good");
});

test("medium risk is to be looked at, not an alarm", () => {
  const incidents = makeIncidents(now).map((one) => ({ ...one, risk: 45 }));
  expect(verdictOf(incidents, status, now, true).look).toBe("watch");
});

test("without any traffic it does not claim that all is well", () => {
  const empty = { ...status, logs_processed: 0, events: { ...status.events, received: 0 } };
  expect(verdictOf([], empty, now, true).look).toBe("wait");
});

test("where traffic has stopped it does not claim that all is well", () => {
  const verdict = verdictOf([], makeStatus(now - 12 * 60_000, "ensemble"), now, true);
  expect(verdict.look).toBe("watch");
  expect(verdict.headline).toMatch(/^Nothing has come for 12 min/);
  expect(verdictOf([], makeStatus(now - 12 * 60_000, "ensemble"), now, false).look).toBe("good");
});

test("a store in trouble is said before quiet", () => {
  const verdict = verdictOf([], { ...status, store: { ...status.store, problem: "disk full" } }, now, true);
  expect(verdict).toMatchObject({ look: "watch", detail: "disk full" });
});

test("in a fixed range of the past everything in it counts", () => {
  expect(verdictOf(makeIncidents(now), status, now + 30 * 86_400_000, false).look).toBe("bad");
});
