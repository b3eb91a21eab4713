import { expect, test } from "vitest";
import { filterOf } from "./filter";

const chips = [["subject", "incidents"], ["min_risk", "60"], ["last", "10m"]].map(([field = "", value = ""]) => ({ field, operator: "=", value, label: value }));

test("leaving a condition out keeps the rest", () => expect(filterOf(chips, 1, "")).toBe("subject=incidents&last=10m"));
test("changing one keeps the others", () => expect(filterOf(chips, 2, " 2h ")).toBe("subject=incidents&min_risk=60&last=2h"));
test("a value cannot become another condition", () => expect(filterOf(chips, 2, "a&b=c#%+")).toBe("subject=incidents&min_risk=60&last=a%26b=c%23%25%2B"));
