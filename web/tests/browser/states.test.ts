import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mockKey, type MockState } from "@mock/api";
import { MockServer } from "@mock/server";
import { launch, open, signIn } from "./Browser";

const pages = ["/", "/incidents", "/endpoints", "/endpoints/view?endpoint=%2Fapi%2Fv1%2Flogin&method=POST", "/callers", "/callers/view?kind=ip&value=203.0.113.41", "/models", "/explore", "/ask?question=show%20high%20risk", "/settings/preferences", "/settings/thresholds", "/settings/keys", "/settings/sources", "/settings/audit"];

/** What a state says on each page that depends on it; other pages look as ever. */
const states: { name: string; state: Partial<MockState>; says: RegExp; except: readonly string[] }[] = [
  { name: "a store that cannot be reached", state: { isFailing: true }, says: /no room right now|cannot be reached/, except: ["/settings/preferences"] },
  { name: "an empty server that warms up", state: { isEmpty: true, incidents: [], phase: "warmup" }, says: /warm|No |None|Nobody|Nothing|nothing|yet/i, except: ["/settings/preferences", "/settings/thresholds", "/settings/keys", "/settings/sources", "/settings/audit", "/callers/view?kind=ip&value=203.0.113.41", "/endpoints/view?endpoint=%2Fapi%2Fv1%2Flogin&method=POST", "/ask?question=show%20high%20risk"] },
  { name: "a viewer", state: { role: "viewer" }, says: /./, except: [] },
];

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

for (const { name, state, says, except } of states) {
  test(`${name} is explained on every page, and nothing waits for ever`, async () => {
    const server = await new MockServer().listen();
    const { page, context, problems } = await open(browser);
    await signIn(page, server.url, mockKey);
    Object.assign(server.state, state);
    for (const path of pages) {
      await page.goto(server.url + path);
      const main = page.locator("main#main");
      await main.waitFor();
      await page.waitForFunction(() => !document.querySelector("main .skeleton"), undefined, { timeout: 20_000 });
      const text = (await main.innerText()).trim();
      expect(text, path).not.toBe("");
      if (!except.includes(path)) expect(text, path).toMatch(says);
    }
    expect(problems).toEqual([]);
    await context.close();
    await server.stop();
  }, 120_000);
}
