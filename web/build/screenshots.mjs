// Takes pictures of every page of a running server: node build/screenshots.mjs URL KEY FOLDER [page…]
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

const [url, key, folder, ...only] = process.argv.slice(2);
/** Pages named on the command line are for documents: what one sees, without scrolling. */
const isShort = only.length > 0;
if (!url || !key || !folder) {
  console.error("usage: node build/screenshots.mjs URL KEY FOLDER [page…]");
  process.exit(2);
}

const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const pages = ["overview", "incidents", "incident", "endpoints", "endpoint", "callers", "caller", "models", "explore", "ask", "settings-preferences", "settings-thresholds", "settings-keys", "settings-sources", "settings-audit"];

async function address(page, name) {
  const first = async (path) => (await (await page.request.get(url + path)).json()).items[0];
  if (name === "overview") return "/";
  if (name === "incident") return `/incidents/${(await first("/api/incidents?min_risk=60")).id}`;
  if (name === "endpoint") {
    const row = await first("/api/endpoints");
    return `/endpoints/view?endpoint=${encodeURIComponent(row.endpoint)}&method=${row.method}`;
  }
  if (name === "caller") {
    const rows = (await (await page.request.get(`${url}/api/stats`)).json()).top_callers;
    return `/callers/view?kind=${rows[0].kind}&value=${encodeURIComponent(rows[0].value)}`;
  }
  return `/${name.replace("-", "/")}`;
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
for (const theme of ["dark", "light"]) {
  for (const [size, viewport] of Object.entries(sizes)) {
    if (size === "phone" && theme === "light") continue;
    const context = await browser.newContext({ viewport, colorScheme: theme, deviceScaleFactor: 1 });
    const page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && console.error(`${theme}/${size}: ${message.text()}`));
    page.on("pageerror", (error) => console.error(`${theme}/${size}: ${error.message}`));
    await page.goto(`${url}/signin`);
    if (only.length === 0 || only.includes("signin")) await page.screenshot({ path: `${folder}/signin-${theme}-${size}.png` });
    await page.fill("input[type=password]", key);
    await page.click("button[type=submit]");
    await page.waitForSelector("main#main");
    for (const name of pages) {
      if (only.length > 0 && !only.includes(name)) continue;
      await page.goto(url + (await address(page, name)));
      await page.waitForSelector("main#main");
      await page.waitForFunction(() => !document.querySelector(".skeleton"), undefined, { timeout: 60_000 });
      // Live figures have moved, and what moves has come to rest.
      await page.waitForTimeout(name === "overview" ? 3500 : 900);
      if (name === "ask") {
        await page.locator("main input").first().fill("show high risk incidents in last 24 hours");
        await page.keyboard.press("Enter");
        await page.waitForTimeout(800);
      }
      await page.screenshot({ path: `${folder}/${name}-${theme}-${size}.png`, fullPage: size === "phone" && !isShort });
    }
    await context.close();
  }
}
await browser.close();
