import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { makeHostileIncident, makeIncidents } from "@mock/incidents";
import type { Incident } from "@/shared/api/incident";
import { setUpDashboard } from "./Dashboard";

const dashboard = setUpDashboard();

describe("copying", () => {
  /** The arguments that a POSIX shell gives to curl when the text is pasted into it. */
  function shellArguments(command: string): string[] {
    const shell = spawnSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }\n${command}`], { encoding: "utf8", env: { HOST: "http://test.invalid", VEDETTE_KEY: "vdt_test" } });
    expect(shell.stderr).toBe("");
    return shell.stdout.split("\0").slice(0, -1);
  }

  test("an incident's buttons put its JSON, its command, its address and its requests on the clipboard, harmless whatever they hold", async () => {
    const { page, context } = dashboard;
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: dashboard.url });
    const hostile = { ...makeHostileIncident(Date.now()), id: "inc-'; echo owned; '" };
    dashboard.server.state.incidents.unshift(hostile);
    await dashboard.signIn();
    const address = `${dashboard.url}/incidents/${encodeURIComponent(hostile.id)}`;
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
    expect(shellArguments(await copied("curl"))).toEqual(["-s", "-H", "Authorization: Bearer vdt_test", `${dashboard.url}/api/incidents/${encodeURIComponent(hostile.id)}`]);
    expect(await copied("Link")).toBe(address);
    // The first evidence that holds a request: its target goes to the shell as it was sent, as one argument.
    expect(shellArguments(await copied("curl", 1)).at(-1)).toBe("http://test.invalid/search?q=<img");
    expect(shellArguments(await copied("curl", 2)).at(-1)).toBe("http://test.invalid/x';");
    expect(await copied("Line", 2)).toBe(hostile.evidence[2]?.text);
    dashboard.expectClean();
  });
});

describe("a lost connection", () => {
  test("what was missed while the connection was lost is told once: the gravest, and how many others", async () => {
    const { page } = dashboard;
    await dashboard.signIn();
    await page.getByText("Live", { exact: true }).waitFor();
    const fresh = (index: number): Incident => ({ ...(makeIncidents(Date.now())[0] as Incident), id: `inc-missed-${index}`, level: "HIGH", risk: 60 + index, explanation: `Missed ${index}.` });
    dashboard.server.live.drop();
    await page.getByText("No connection").waitFor();
    for (let index = 0; index < 12; index++) dashboard.server.live.publish("incident", fresh(index));
    const toasts = page.getByRole("status").filter({ hasText: "Missed" });
    await toasts.getByText("and 9 other incidents just now").waitFor();
    expect(await toasts.getByText(/^Missed/).allTextContents()).toEqual(["Missed 11.", "Missed 10.", "Missed 9."]);
    await page.getByRole("button", { name: "Dismiss all" }).click();
    // Told again it is no news.
    dashboard.server.live.publish("incident", fresh(4));
    dashboard.server.live.publish("incident", { ...fresh(4), id: "inc-next", explanation: "Next." });
    await toasts.or(page.getByRole("status").filter({ hasText: "Next." })).first().waitFor();
    expect(await page.getByRole("status").getByText("Missed 4.").count()).toBe(0);
    dashboard.expectClean();
  });
});
