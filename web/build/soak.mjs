// Sends traffic to a running server while Chromium watches, and tells what the tab's memory does, how fast it turns pages, and what the server holds:
// node build/soak.mjs URL KEY [MINUTES] [EVENTS_PER_SECOND]
import { chromium } from "playwright-core";

const [url, key, minutes = "5", rate = "2000"] = process.argv.slice(2);
if (!url || !key) {
  console.error("usage: node build/soak.mjs URL KEY [MINUTES] [EVENTS_PER_SECOND]");
  process.exit(2);
}

const batch = Math.max(1, Math.round(Number(rate) / 4));
let sent = 0;
let refused = 0;

/** A quarter of a second of visitors, each tenth batch with an attack in it. */
function events() {
  const now = Date.now();
  return Array.from({ length: batch }, (_, index) => {
    const number = sent + index;
    const isAttack = index === 0 && (sent / batch) % 10 === 0;
    return JSON.stringify({
      timestamp: new Date(now).toISOString(), method: "GET", path: isAttack ? "/search" : ["/", `/products/${number % 5_000}`, `/orders/${number % 9_000}`, "/search"][number % 4],
      query: isAttack ? "q=%27%20UNION%20SELECT%20password%20FROM%20users--" : "", status: number % 50 === 0 ? 404 : 200, duration_ms: 5 + (number % 40), client_ip: isAttack ? `203.0.113.${(sent / batch) % 250}` : `198.51.${number % 100}.${number % 250}`,
      user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", response_bytes: 900,
    });
  }).join("\n");
}

async function send() {
  const response = await fetch(`${url}/logs`, { method: "POST", headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/x-ndjson" }, body: events() });
  if (response.ok) sent += batch;
  else refused += batch;
  await response.arrayBuffer();
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
const tools = await page.context().newCDPSession(page);
await page.goto(`${url}/signin`);
await page.fill("input[type=password]", key);
await page.click("button[type=submit]");
await page.waitForSelector("main#main");
await page.reload();
await page.waitForSelector("main#main section");
const timing = await page.evaluate(() => {
  const [load] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return { interactive: load.domInteractive, painted: paint?.startTime, bytes: performance.getEntriesByType("resource").filter((entry) => /\.(js|css)$/.test(entry.name)).reduce((sum, entry) => sum + entry.encodedBodySize, load.encodedBodySize) };
});
console.log(`First load: ${(timing.bytes / 1024).toFixed(1)} kB, interactive after ${timing.interactive.toFixed(0)} ms, painted after ${timing.painted?.toFixed(0)} ms`);

async function weigh() {
  await tools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await tools.send("Runtime.getHeapUsage");
  return `${(usedSize / 1_048_576).toFixed(1)} MB, ${await page.evaluate(() => document.querySelectorAll("*").length)} elements`;
}

/** Milliseconds from the click on a page's name until its heading and rows are there, there and back; once in ten minutes, so that the overview is what runs. */
async function turn() {
  const times = [];
  for (const name of ["Incidents", "Overview"]) {
    times.push(await page.evaluate(async (label) => {
      const link = [...document.querySelectorAll("nav a")].find((candidate) => candidate.textContent.includes(label));
      const began = performance.now();
      link.click();
      const isThere = () => document.querySelector("h1")?.textContent.includes(label) && !document.querySelector("main .skeleton");
      while (!isThere() && performance.now() - began < 20_000) await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - began;
    }, name));
  }
  return times.map((time) => time.toFixed(0)).join(" and ");
}

async function serverMemory() {
  const text = await (await fetch(`${url}/metrics`)).text();
  return (Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1_048_576).toFixed(0);
}

const began = Date.now();
const end = began + Number(minutes) * 60_000;
console.log(`Heap at the start: ${await weigh()}; server ${await serverMemory()} MB`);
let minute = 0;
for (let due = began; Date.now() < end; due += 250) {
  await send();
  if (Date.now() - began > (minute + 1) * 60_000) {
    minute++;
    const pages = minute % 10 === 1 ? `; pages turned in ${await turn()} ms` : "";
    console.log(`After ${minute} min: ${await weigh()}; server ${await serverMemory()} MB; ${sent} events sent, ${refused} refused${pages}`);
  }
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, due + 250 - Date.now())));
}
console.log(`Heap at the end: ${await weigh()}; server ${await serverMemory()} MB; ${sent} events in ${((Date.now() - began) / 1000).toFixed(0)} s, ${refused} refused; pages turned in ${await turn()} ms`);
await browser.close();
