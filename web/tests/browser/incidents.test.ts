import { spawnSync } from "node:child_process";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mockKey } from "@mock/api";
import { makeHostileIncident, makeIncidents } from "@mock/incidents";
import { MockServer } from "@mock/server";
import type { Incident } from "@/shared/api/incident";
import { launch, open, signIn, type Watched } from "./Browser";

let browser: Browser;
let server: MockServer;
let watched: Watched;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await new MockServer().listen();
  watched = await open(browser);
});
afterEach(async () => {
  await watched.context.close();
  await server.stop();
});

/** The page is usable: nothing failed in it, and it asked nobody else. */
function expectClean() {
  expect(watched.problems).toEqual([]);
  expect([...watched.hosts]).toEqual([new URL(server.url).host]);
}

describe("copying", () => {
  /** The arguments that a POSIX shell gives to curl when the text is pasted into it. */
  function shellArguments(command: string): string[] {
    const shell = spawnSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }\n${command}`], { encoding: "utf8", env: { HOST: "http://test.invalid", VEDETTE_KEY: "vdt_test" } });
    expect(shell.stderr).toBe("");
    return shell.stdout.split("\0").slice(0, -1);
  }

  test("an incident's buttons put its JSON, its command, its address and its requests on the clipboard, harmless whatever they hold", async () => {
    const { page, context } = watched;
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.url });
    const hostile = { ...makeHostileIncident(Date.now()), id: "inc-'; echo owned; '" };
    server.state.incidents.unshift(hostile);
    await signIn(page, server.url, mockKey);
    const address = `${server.url}/incidents/${encodeURIComponent(hostile.id)}`;
    await page.goto(address);
    const copied = async (name: string, index = 0) => {
      await page.evaluate(() => navigator.clipboard.writeText(""));
      await page.locator("main").getByRole("button", { name, exact: true }).nth(index).click();
      await page.getByText("Copied", { exact: true }).first().waitFor();
      const text = await page.evaluate(() => navigator.clipboard.readText());
      await page.getByText("Copied", { exact: true }).first().waitFor({ state: "detached" });
      return text;
    };
    expect(JSON.parse(await copied("JSON"))).toMatchObject({ id: hostile.id, evidence: hostile.evidence });
    expect(shellArguments(await copied("curl"))).toEqual(["-s", "-H", "Authorization: Bearer vdt_test", `${server.url}/api/incidents/${encodeURIComponent(hostile.id)}`]);
    expect(await copied("Link")).toBe(address);
    // The first evidence that holds a request: its target goes to the shell as it was sent, as one argument.
    expect(shellArguments(await copied("curl", 1)).at(-1)).toBe("http://test.invalid/search?q=<img");
    expect(shellArguments(await copied("curl", 2)).at(-1)).toBe("http://test.invalid/x';");
    expect(await copied("Line", 2)).toBe(hostile.evidence[2]?.text);
    expectClean();
  });
});

describe("a lost connection", () => {
  test("what was missed while the connection was lost is told once: the gravest, and how many others", async () => {
    const { page } = watched;
    await signIn(page, server.url, mockKey);
    await page.getByText("Live", { exact: true }).waitFor();
    const fresh = (index: number): Incident => ({ ...(makeIncidents(Date.now())[0] as Incident), id: `inc-missed-${index}`, level: "HIGH", risk: 60 + index, explanation: `Missed ${index}.` });
    server.live.drop();
    await page.getByText("No connection").waitFor();
    for (let index = 0; index < 12; index++) server.live.publish("incident", fresh(index));
    const toasts = page.getByRole("status").filter({ hasText: "Missed" });
    await toasts.getByText("and 9 other incidents just now").waitFor();
    expect(await toasts.getByText(/^Missed/).allTextContents()).toEqual(["Missed 11.", "Missed 10.", "Missed 9."]);
    await page.getByRole("button", { name: "Dismiss all" }).click();
    // Told again it is no news.
    server.live.publish("incident", fresh(4));
    server.live.publish("incident", { ...fresh(4), id: "inc-next", explanation: "Next." });
    await toasts.or(page.getByRole("status").filter({ hasText: "Next." })).first().waitFor();
    expect(await page.getByRole("status").getByText("Missed 4.").count()).toBe(0);
    expectClean();
  });
});
