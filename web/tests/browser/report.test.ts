import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { makeIncidents } from "@mock/incidents";
import type { Incident } from "@/shared/api/incident";
import type { ReportData } from "@/features/report/data";
import { open } from "./Browser";
import { setUpBrowser } from "./Dashboard";

const start = Date.parse("2026-03-11T00:00:00Z") / 1000;
const row = { text: "/api/v1/login", requests: 900, errors: 400, bytes: 9_000, mean_ms: null };
/** Inside the margins of A4. */
const paper = { width: 703, height: 1_030 };

const chromium = setUpBrowser();
const folder = mkdtempSync(join(tmpdir(), "vedette-report-"));

afterAll(() => rmSync(folder, { recursive: true }));

function makeReport(count: number, lines = 10_000): ReportData {
  const found = makeIncidents(Date.parse("2026-03-11T12:00:00Z"));
  const incidents = Array.from({ length: count }, (_, index) => ({ ...found[index % found.length], id: `inc-${index}` }) as Incident).sort((a, b) => b.risk - a.risk);
  const counted = (key: "type" | "level") => incidents.reduce<Record<string, number>>((counts, incident) => ({ ...counts, [incident[key]]: (counts[incident[key]] ?? 0) + 1 }), {});
  return {
    sources: ["access.log"],
    summary: { lines, parsed: lines, skipped: 0, first: lines ? "2026-03-11T00:00:00Z" : null, last: lines ? "2026-03-11T23:59:00Z" : null, clients: 9, endpoints: 4, incidents: count, elapsed_ms: 90, bytes: 9, by_type: counted("type"), by_level: counted("level"), formats: { combined: lines }, skipped_reasons: {}, skipped_samples: [], warnings: [] },
    traffic: { step_seconds: 600, times: Array.from({ length: 144 }, (_, index) => [start + index * 600, 70 + (index % 9), index % 5, 1, 900]), hours: Array(24).fill(400), statuses: { "200": 9_000, "404": 1_000 }, methods: { GET: 10_000 }, bytes: 9_000, routes: [{ ...row, method: "POST" }], callers: [row], agents: [row], agent_kinds: { browsers: 10_000 }, referers: [row], missing: Array.from({ length: 30 }, (_, index) => ({ ...row, text: `/missing/${index}` })) },
    incidents,
  };
}

async function show(report: ReportData, colorScheme: "light" | "dark" = "light") {
  const form = readFileSync("dist/report/report.html", "utf8");
  const file = join(folder, "report.html");
  // "<" of the data is written as the program writes it, so that no text of it ends the element.
  writeFileSync(file, form.replace('id="vedette-data">null<', () => `id="vedette-data">${JSON.stringify(report).replaceAll("<", "\\u003c")}<`));
  const watched = await open(chromium.browser, { colorScheme });
  await watched.page.goto(pathToFileURL(file).href);
  return watched;
}

/** What a browser does before it puts a page on paper. */
async function toPaper(page: Page) {
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(paper);
}

describe("the report on paper", () => {
  test("is light, as wide as the sheet, and holds no control", async () => {
    const { page, context, problems } = await show(makeReport(300), "dark");
    await toPaper(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(paper.width);
    const chart = page.getByRole("img", { name: /^Traffic/ });
    expect((await chart.boundingBox())?.width).toBeLessThan(paper.width);
    expect(await page.locator("main").evaluate((main) => getComputedStyle(main).colorScheme)).toBe("light");
    for (const role of ["button", "combobox", "radio"] as const) expect(await page.getByRole(role).count()).toBe(0);
    expect(problems).toEqual([]);
    await context.close();
  });

  test("shows the first twelve incidents in full at once, a hundred in all, and says how many are left", async () => {
    const { page, context } = await show(makeReport(300));
    await page.evaluate(() => {
      window.dispatchEvent(new Event("beforeprint"));
      // The browser takes its picture now, not later.
      document.body.dataset["unfolded"] = String([...document.querySelectorAll("details[open] > summary")].filter((summary) => (summary.nextElementSibling?.textContent ?? "").includes("sure.")).length);
    });
    expect(await page.locator("body").getAttribute("data-unfolded")).toBe("12");
    expect(await page.locator("details > summary strong").count()).toBe(100);
    await page.getByText("200 more are in the file this was printed from.").waitFor();
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await expect.poll(() => page.locator("details[open] > summary strong").count()).toBe(1);
    await context.close();
  });

  test("cuts no evidence, row or card in two", async () => {
    const { page, context } = await show(makeReport(300));
    await toPaper(page);
    for (const part of ["tr", "details li", "section.panel:not(.print-flows)"]) expect(await page.locator(part).first().evaluate((element) => getComputedStyle(element).breakInside)).toBe("avoid");
    expect(await page.locator("details > summary").first().evaluate((element) => getComputedStyle(element).breakAfter)).toBe("avoid");
    await context.close();
  });
});

describe("the report on a screen", () => {
  test.for([700, 390])("breaks no member's address in two, %i pixels wide", async (width) => {
    const report = makeReport(1);
    const members = Array.from({ length: 40 }, (_, index) => (index % 2 ? `203.0.113.${index}` : `2001:db8:${index}:1::${index}a`));
    report.incidents = report.incidents.map((incident) => ({ ...incident, actor: { ...incident.actor, members } }));
    const { page, context } = await show(report);
    await page.setViewportSize({ width, height: 900 });
    const said = page.locator("p", { hasText: "Members:" });
    await said.waitFor();
    const lines = await said.evaluate((element, members) => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const found: Record<string, number> = {};
      while (texts.nextNode()) {
        const node = texts.currentNode;
        for (const member of members) {
          const at = (node.textContent ?? "").indexOf(member);
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + member.length);
          found[member] = new Set([...range.getClientRects()].map((box) => box.top)).size;
        }
      }
      return found;
    }, members);
    expect(lines).toEqual(Object.fromEntries(members.map((member) => [member, 1])));
    await context.close();
  });

  test("a type leads to its incidents, and a press on an incident unfolds and folds it", async () => {
    const report = makeReport(120);
    const { page, context, problems } = await show(report);
    await page.locator(`a[href="#incidents"]`).last().click();
    const type = await page.getByLabel("Type").inputValue();
    expect(type).not.toBe("");
    expect(await page.locator("details > summary strong").count()).toBe(report.summary.by_type[type]);
    const last = page.locator("details:has(> summary strong)").last();
    await last.locator("> summary").press("Enter");
    await last.getByText("sure.").waitFor();
    await last.locator("> summary").click();
    expect(await last.getAttribute("open")).toBeNull();
    expect(problems).toEqual([]);
    await context.close();
  });

  test("a log without lines is not called clean", async () => {
    const { page, context } = await show(makeReport(0, 0));
    await page.getByText("The log is empty").waitFor();
    expect(await page.getByText("No attack").count()).toBe(0);
    await context.close();
  });
});
