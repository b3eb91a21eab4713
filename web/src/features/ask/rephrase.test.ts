import { expect, test } from "vitest";
import { rephrase } from "./rephrase";

const chips = ["incidents", "high risk", "in last 10 minutes"].map((label) => ({ field: label, operator: "=", value: "", label }));

test("leaving a condition out asks for the rest", () => expect(rephrase(chips, 1, "")).toBe("show incidents in last 10 minutes"));
test("changing one keeps the others", () => expect(rephrase(chips, 2, " in last 2 hours ")).toBe("show incidents high risk in last 2 hours"));
test("leaving out the last one asks nothing", () => expect(rephrase(chips.slice(0, 1), 0, "")).toBe(""));
