import { expect, test } from "vitest";
import { makeAnomalies } from "@mock/traffic";
import { byCaller } from "./byCaller";

test("a caller's minutes are one entry, shown by the worst of them", () => {
  const [item] = makeAnomalies(Date.parse("2026-11-21T02:45:00Z"), 1);
  if (!item) throw new Error("no anomaly");
  const other = { ...item, actor: { kind: "user" as const, value: "somebody" } };
  const entries = byCaller([{ ...item, risk: 40 }, other, { ...item, risk: 77, time: "2026-11-21T02:00:00.000Z" }]);
  expect(entries).toHaveLength(2);
  expect(entries[0]).toMatchObject({ more: 1, since: "2026-11-21T02:00:00.000Z", worst: { risk: 77 } });
  expect(entries[1]?.more).toBe(0);
});
