import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostile } from "@mock/hostile";
import { open, signIn, type Watched } from "./Browser";
import { pages, setUpBrowser } from "./Dashboard";

const program = fileURLToPath(new URL("../../../src/Vedette.Cli/bin/Release/net10.0/vedette.dll", import.meta.url));

/** A free port, so that the server comes back where it was after a restart. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** The real program, serving from a folder of its own. */
class RealServer {
  key = "";
  link = "";
  url = "";
  private process: ChildProcess | undefined;

  constructor(private readonly folder: string) {}

  start(port: number): Promise<void> {
    this.url = `http://127.0.0.1:${port}`;
    return new Promise((resolve, reject) => {
      const child = spawn("dotnet", [program, "serve", "--data", this.folder, "--port", String(port)], { cwd: this.folder });
      this.process = child;
      let told = "";
      child.stderr.on("data", (text: Buffer) => {
        told += text.toString();
        this.key ||= /vedette: {3}(vdt_\S+)/.exec(told)?.[1] ?? "";
        this.link ||= /(http\S+\/signin\?token=\S+)/.exec(told)?.[1] ?? "";
        if (told.includes("listening on") && this.key && this.link) resolve();
      });
      child.on("exit", (code) => reject(new Error(`The server ended with ${code}: ${told}`)));
    });
  }

  stop(): Promise<void> {
    const child = this.process;
    return new Promise((resolve) => {
      if (!child) return resolve();
      child.removeAllListeners("exit").once("exit", () => resolve());
      child.kill("SIGTERM");
    });
  }

  async send(lines: string[]): Promise<void> {
    const response = await fetch(`${this.url}/logs`, { method: "POST", headers: { Authorization: `Bearer ${this.key}`, "Content-Type": "text/plain" }, body: `${lines.join("\n")}\n` });
    expect(response.status).toBe(201);
  }
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function line(secondsAgo: number, address: string, target: string, status = 200, agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"): string {
  const time = new Date(Date.now() - secondsAgo * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${address} - - [${two(time.getUTCDate())}/${months[time.getUTCMonth()]}/${time.getUTCFullYear()}:${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} +0000] "GET ${target} HTTP/1.1" ${status} 1200 "-" "${agent}"`;
}

/** Half an hour of visitors, and one who slips SQL into the search. */
function traffic(): string[] {
  const lines: string[] = [];
  for (let second = 1800; second > 10; second -= 3) lines.push(line(second, `198.51.100.${1 + (second % 40)}`, ["/", `/products/${second}`, "/search?q=lamp"][second % 3] ?? "/"));
  const payloads = ["%27%20OR%201=1--%20-", "%27%20UNION%20SELECT%201,2,3--%20-", "%27%20UNION%20SELECT%20email,password%20FROM%20users--%20-", "%27;DROP%20TABLE%20users--%20-"];
  payloads.forEach((payload, index) => lines.push(line(9 - index, "203.0.113.9", `/search?q=lamp${payload}`)));
  return lines;
}

describe.skipIf(!existsSync(program))("against the real server", () => {
  const chromium = setUpBrowser();
  let server: RealServer;
  let watched: Watched;
  let port: number;
  const folder = mkdtempSync(join(tmpdir(), "vedette-web-"));

  beforeAll(async () => {
    port = await freePort();
    server = new RealServer(folder);
    await server.start(port);
    watched = await open(chromium.browser);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("the printed link signs in once", async () => {
    await watched.page.goto(server.link);
    await watched.page.getByText("No traffic has come yet").waitFor();
    const again = await open(chromium.browser);
    await again.page.goto(server.link);
    await again.page.getByText("used before or has expired").waitFor();
    await signIn(again.page, server.url, server.key);
    await again.context.close();
  });

  test("an attack in the traffic appears without reloading", async () => {
    const { page } = watched;
    await page.getByText("Live", { exact: true }).waitFor();
    await server.send(traffic());
    await page.getByRole("region", { name: "State" }).getByText("SQL injection").first().waitFor();
    await page.getByRole("region", { name: "State" }).getByText("203.0.113.9").first().waitFor();
  });

  test("the incident is read and confirmed by keyboard", async () => {
    const { page } = watched;
    await page.goto(`${server.url}/incidents`);
    await page.getByRole("button", { name: /SQL injection/ }).waitFor();
    await page.keyboard.press("j");
    await page.getByRole("article").getByText("%27%20OR%201=1").first().waitFor();
    await page.getByRole("button", { name: "Confirm", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByText(/Confirmed by/).waitFor();
  });

  test("values of an attacker stay text on every page", async () => {
    const { page } = watched;
    await server.send([line(5, "203.0.113.77", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", 200, hostile.html.replaceAll('"', "'")), line(4, "203.0.113.77", `/${hostile.attribute.replaceAll('"', "%22").replaceAll(" ", "%20")}`, 404)]);
    for (const path of [...pages.filter((path) => !path.includes("/view")), "/callers/view?kind=ip&value=203.0.113.77", "/endpoints/view?endpoint=%2Fsearch&method=GET"]) {
      await page.goto(server.url + path);
      await page.waitForTimeout(500);
      expect(await page.evaluate(() => (window as { __owned?: number }).__owned)).toBeUndefined();
      expect(await page.locator("main img, main script, main iframe").count()).toBe(0);
      expect(await page.getByText(/This page failed|The server refused|Not found/).count(), path).toBe(0);
    }
  });

  test("after a restart it connects again with the same session and the same incidents", async () => {
    const { page } = watched;
    await page.goto(server.url);
    await page.getByText("Live", { exact: true }).waitFor();
    await server.stop();
    await page.getByText("No connection for").waitFor();
    await server.start(port);
    await page.getByText("Live", { exact: true }).waitFor({ timeout: 40_000 });
    await page.goto(`${server.url}/incidents`);
    await page.getByRole("button", { name: /SQL injection.*Confirmed/s }).waitFor();
  });

  test("the server sends a strict policy, and nothing breaks it or asks another host", async () => {
    const response = await watched.page.goto(server.url);
    const policy = response?.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(watched.problems).toEqual([]);
    expect([...watched.hosts]).toEqual([new URL(server.url).host]);
  });
});
