import { expect, test } from "vitest";
import { makeIncidents } from "@mock/incidents";
import { setUpDashboard } from "./Dashboard";

const secondsPerStep = 20;
const names = ["Overview", "Incidents", "Endpoints", "Callers", "Explore", "Models"];

const dashboard = setUpDashboard();

/** What the server says in so many seconds: figures each second, an incident every six. */
function tell(from: number, seconds: number): void {
  const incident = makeIncidents(Date.now())[0];
  for (let second = from; second < from + seconds; second++) {
    dashboard.server.live.publish("stats", { time: new Date(Date.now() + second * 1_000).toISOString(), requests_per_second: 1_000 + (second % 90), errors_per_second: second % 40, anomalies_per_second: second % 7 === 0 ? 3 : 0, total_requests: second * 1_000, total_anomalies: second, phase: "ensemble", lag_seconds: 0.2, live_clients: 1 });
    if (second % 6 === 0) dashboard.server.live.publish("incident", { ...incident, id: `soak-${second}`, explanation: `Incident ${second}. ${"It goes on. ".repeat(20)}` });
  }
}

test("an hour of live messages, told fast, leaves the tab's memory and document bounded", async () => {
  const { page, context, problems } = dashboard;
  const tools = await context.newCDPSession(page);
  const weigh = async () => {
    await tools.send("HeapProfiler.collectGarbage");
    const { usedSize } = await tools.send("Runtime.getHeapUsage");
    return { heap: usedSize, nodes: await page.evaluate(() => document.querySelectorAll("*").length) };
  };
  const live = async (from: number, to: number) => {
    for (let second = from; second < to; second += secondsPerStep) {
      tell(second, secondsPerStep);
      await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: names[(second / secondsPerStep) % names.length] }).first().click();
    }
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Overview" }).click();
    await page.getByText(`Incident ${to - 6}.`).first().waitFor();
    return weigh();
  };
  await dashboard.signIn();
  await page.getByText("Live", { exact: true }).waitFor();
  // After a quarter of an hour every bounded list is full.
  const early = await live(0, 900);
  const late = await live(900, 3_600);
  const mb = (bytes: number) => (bytes / 1_048_576).toFixed(1);
  console.log(`Heap after 15 minutes of messages ${mb(early.heap)} MB, after 60 minutes ${mb(late.heap)} MB; elements ${early.nodes} and ${late.nodes}`);
  expect(late.heap - early.heap).toBeLessThan(6 * 1_048_576);
  expect(late.nodes).toBeLessThan(early.nodes * 1.2);
  expect(problems).toEqual([]);
}, 300_000);
