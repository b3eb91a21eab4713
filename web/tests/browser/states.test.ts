import { expect, test } from "vitest";
import type { MockState } from "@mock/state";
import { pages, setUpDashboard } from "./Dashboard";

/** What a state says on each page that depends on it; other pages look as ever. */
const states: { name: string; state: Partial<MockState>; says: RegExp; except: readonly string[] }[] = [
  { name: "a store that cannot be reached", state: { isFailing: true }, says: /no room right now|cannot be reached/, except: ["/settings/preferences"] },
  { name: "an empty server that warms up", state: { isEmpty: true, incidents: [], phase: "warmup" }, says: /warm|No |None|Nobody|Nothing|nothing|yet/i, except: ["/settings/preferences", "/settings/thresholds", "/settings/keys", "/settings/sources", "/settings/audit", "/callers/view?kind=ip&value=203.0.113.41", "/endpoints/view?endpoint=%2Fapi%2Fv1%2Flogin&method=POST", "/ask?question=show%20high%20risk"] },
  { name: "a viewer", state: { role: "viewer" }, says: /./, except: [] },
];

const dashboard = setUpDashboard();

for (const { name, state, says, except } of states) {
  test(`${name} is explained on every page, and nothing waits for ever`, async () => {
    const { page, problems } = dashboard;
    await dashboard.signIn();
    Object.assign(dashboard.server.state, state);
    for (const path of pages) {
      await page.goto(dashboard.url + path);
      const main = page.locator("main#main");
      await main.waitFor();
      await page.waitForFunction(() => !document.querySelector("main .skeleton"), undefined, { timeout: 20_000 });
      const text = (await main.innerText()).trim();
      expect(text, path).not.toBe("");
      if (!except.includes(path)) expect(text, path).toMatch(says);
    }
    expect(problems).toEqual([]);
  }, 120_000);
}
