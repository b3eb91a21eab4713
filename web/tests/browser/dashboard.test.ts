import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { mockKey } from "@mock/api";
import { makeIncidents } from "@mock/incidents";
import { open } from "./Browser";
import { pages, setUpDashboard } from "./Dashboard";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const dashboard = setUpDashboard();

describe("signing in", () => {
  test("a wrong key is refused with words, the right one leads to where one wanted to go", async () => {
    const { page } = dashboard;
    await page.goto(`${dashboard.url}/incidents?min_risk=80`);
    await page.getByLabel("API key").fill("vdt_wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("does not accept this key").waitFor();
    await page.getByLabel("API key").fill(mockKey);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/incidents?min_risk=80");
    dashboard.expectClean();
  });

  test("a one-time link signs in and leaves no token in the address", async () => {
    const { page } = dashboard;
    await page.goto(`${dashboard.url}/signin?token=mock-token`);
    await page.waitForURL(`${dashboard.url}/`);
    dashboard.expectClean();
  });

  test("a session that ended leads back to the sign-in", async () => {
    const { page } = dashboard;
    await dashboard.signIn();
    dashboard.server.state.session = "another";
    // A request of the page's own may have led away before.
    await page.evaluate(() => document.querySelector<HTMLElement>('a[href="/endpoints"]')?.click());
    await page.getByLabel("API key").waitFor();
  });
});

describe("watching", () => {
  test("the overview says what is wrong, who, where and since when", async () => {
    const { page } = dashboard;
    await dashboard.signIn();
    const state = page.getByRole("region", { name: "State" });
    await state.getByText("2 grave incidents going on now").waitFor();
    expect(await state.textContent()).toMatch(/Credential stuffing.*52 addresses.*\/api\/v1\/login.*since/s);
    dashboard.expectClean();
  });

  test("a new incident appears by itself, in the feed and as a toast", async () => {
    const { page } = dashboard;
    await dashboard.signIn();
    await page.getByText("Live", { exact: true }).waitFor();
    const fresh = { ...makeIncidents(Date.now())[0], id: "inc-fresh", explanation: "Something new is going on." };
    dashboard.server.live.publish("incident", fresh);
    await page.getByText("Something new is going on.").first().waitFor();
    await page.getByRole("button", { name: "Dismiss" }).click();
    dashboard.expectClean();
  });

  test("after a restart of the server it is live again and shows what it missed", async () => {
    const { page } = dashboard;
    await dashboard.signIn();
    await page.getByText("Live", { exact: true }).waitFor();
    const port = dashboard.server.port;
    await dashboard.server.stop();
    await page.getByText("No connection for").waitFor();
    const missed = makeIncidents(Date.now())[0];
    if (missed) dashboard.server.state.incidents.unshift({ ...missed, id: "inc-missed", risk: 99, explanation: "It happened meanwhile." });
    await dashboard.server.restart(port);
    await page.getByText("Live", { exact: true }).waitFor({ timeout: 30_000 });
    await page.getByText("It happened meanwhile.").first().waitFor();
  });

  test("while the server is away a page says so and what to do, and recovers", async () => {
    const { page } = dashboard;
    await dashboard.signIn();
    dashboard.server.state.isFailing = true;
    await page.getByRole("link", { name: "Endpoints" }).first().click();
    await page.getByText("The server has no room right now").waitFor();
    // It tries once more by itself before it asks.
    await page.getByRole("button", { name: "Try again" }).waitFor();
    dashboard.server.state.isFailing = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("/api/v1/products/{id}").first().waitFor();
  });

  test("a slow server shows what it waits for", async () => {
    const { page } = dashboard;
    await dashboard.signIn();
    dashboard.server.delayMs = 1_500;
    await page.getByRole("link", { name: "Models" }).first().click();
    await page.locator("main .skeleton").first().waitFor();
    await page.getByText("Isolation forest").waitFor();
  });

  test("an empty server says how to begin", async () => {
    await dashboard.serve({ isEmpty: true, phase: "warmup" });
    const { page } = dashboard;
    await dashboard.signIn();
    await page.getByText("No traffic has come yet").waitFor();
    await page.getByText("How traffic comes here").waitFor();
    await page.getByText("Warming up").first().waitFor();
    await page.goto(`${dashboard.url}/endpoints`);
    await page.getByText("No endpoint was called in this time").waitFor();
    await page.goto(`${dashboard.url}/explore`);
    await page.getByText("No request is stored from this time").waitFor();
  });
});

describe("working", () => {
  test("incidents are triaged by keyboard alone", async () => {
    const { page } = dashboard;
    await dashboard.signIn();
    await page.goto(`${dashboard.url}/incidents`);
    await page.getByRole("button", { name: /Credential stuffing/ }).waitFor();
    await page.keyboard.press("j");
    await page.getByRole("article").getByRole("heading", { name: "Credential stuffing" }).waitFor();
    await page.keyboard.press("j");
    await page.getByRole("article").getByRole("heading", { name: "Log4Shell" }).waitFor();
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("incident");
    while (!(await page.getByRole("button", { name: "Confirm", exact: true }).evaluate((element) => element === document.activeElement))) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Confirmed by on-call").waitFor();
    dashboard.expectClean();
  });

  test("a viewer is told why there is nothing to press", async () => {
    dashboard.server.state.role = "viewer";
    const { page } = dashboard;
    await dashboard.signIn();
    await page.goto(`${dashboard.url}/incidents`);
    await page.getByRole("button", { name: /Credential stuffing/ }).click();
    await page.getByRole("article").getByRole("button", { name: "False positive" }).focus();
    await page.getByRole("tooltip").filter({ hasText: "Needs the role analyst" }).waitFor();
    await page.goto(`${dashboard.url}/settings/keys`);
    await page.getByText("This needs the role admin").waitFor();
  });

  test("a question is answered, and leaving out a condition asks again", async () => {
    const { page } = dashboard;
    await dashboard.signIn();
    await page.goto(`${dashboard.url}/ask`);
    await page.getByLabel("Question").fill("show high risk incidents in last 24 hours");
    await page.keyboard.press("Enter");
    await page.getByText("Incidents, risk at least 60, last 24h.").waitFor();
    await page.getByRole("button", { name: "Leave out risk at least 60" }).click();
    await page.getByText("Incidents, last 24h.").waitFor();
    expect(new URL(page.url()).searchParams.get("filter")).toBe("subject=incidents&last=24h");
    dashboard.expectClean();
  });

  test("a key is made, shown once, and revoked after asking", async () => {
    const { page } = dashboard;
    await dashboard.signIn();
    await page.goto(`${dashboard.url}/settings/keys`);
    await page.getByLabel("Name: who or what uses it").fill("grafana");
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByText("vdt_k4_shown-this-once").waitFor();
    await page.getByRole("button", { name: "I have it" }).click();
    const row = page.getByRole("listitem").filter({ hasText: "grafana" });
    await row.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await row.getByText("revoked").waitFor();
    dashboard.expectClean();
  });

  test("a million rows are scrolled with only those in sight in the document", async () => {
    const { page } = dashboard;
    await dashboard.signIn();
    await page.goto(`${dashboard.url}/explore`);
    const list = page.getByRole("region", { name: "Requests" });
    await list.getByText("/api/v1/").first().waitFor();
    for (let step = 0; step < 30; step++) {
      await list.evaluate((element) => element.scrollBy(0, 8_000));
      await page.waitForTimeout(60);
    }
    expect(await list.locator("button").count()).toBeLessThan(120);
    expect(Number((await page.getByText(/requests and more/).textContent())?.replaceAll(/\D.*$/g, "").replaceAll(",", ""))).toBeGreaterThan(0);
    dashboard.expectClean();
  });
});

describe("hostile traffic", () => {
  test("nothing an attacker sends runs or becomes part of the page, wherever it is shown", async () => {
    await dashboard.serve({ isHostile: true });
    const { page } = dashboard;
    await dashboard.signIn();
    for (const path of ["/", "/incidents/inc-hostile", "/explore", "/callers/view?kind=user&value=%3Cimg%20src%3Dx%20onerror%3D%22window.__owned%3D1%22%3E", "/ask?question=%3Cscript%3Ewindow.__owned%3D1%3C%2Fscript%3E%20incident"]) {
      await page.goto(dashboard.url + path);
      await page.waitForTimeout(600);
      await page.mouse.move(700, 300);
      expect(await page.evaluate(() => (window as { __owned?: number }).__owned)).toBeUndefined();
      expect(await page.locator("main img, main script, main iframe").count()).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    }
    dashboard.expectClean();
  });

  test("a link cannot make the page act: requests that change something carry a token", async () => {
    const { page } = dashboard;
    await dashboard.signIn();
    const status = await page.evaluate(() => fetch("/api/keys", { method: "POST", body: "{}" }).then((response) => response.status));
    expect(status).toBe(403);
  });
});

describe("every page", () => {
  test.each(["dark", "light"] as const)("has no serious accessibility findings (%s)", async (colorScheme) => {
    const { page, context, problems } = await open(dashboard.browser, { colorScheme, reducedMotion: "reduce" });
    await dashboard.signIn(page);
    const found: string[] = [];
    const incident = `/incidents/${dashboard.server.state.incidents[0]?.id}`;
    for (const path of [...pages, incident]) {
      await page.goto(dashboard.url + path);
      await page.waitForTimeout(700);
      // The policy forbids scripts of others; the test's own connection may evaluate one.
      await page.evaluate(axe);
      const results = await page.evaluate(() => (window as unknown as { axe: { run: (options: object) => Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run({ resultTypes: ["violations"] }));
      for (const violation of results.violations) if (violation.impact === "serious" || violation.impact === "critical") found.push(`${path} ${violation.id}: ${violation.nodes[0]?.html.slice(0, 160)} ${violation.nodes[0]?.failureSummary.slice(0, 200)}`);
    }
    await context.close();
    expect(found).toEqual([]);
    expect(problems).toEqual([]);
  }, 180_000);

  test.each([[390, 844], [768, 1024], [2560, 1300]])("fits %i pixels without scrolling sideways", async (width, height) => {
    const { page, context, problems } = await open(dashboard.browser, { viewport: { width, height } });
    await dashboard.signIn(page);
    const wide: string[] = [];
    for (const path of [...pages, `/incidents/${dashboard.server.state.incidents[0]?.id}`]) {
      await page.goto(dashboard.url + path);
      await page.waitForTimeout(250);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) wide.push(`${path}: ${over} px too wide`);
    }
    await context.close();
    expect(wide).toEqual([]);
    expect(problems).toEqual([]);
  }, 120_000);
});
