import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { mockKey } from "@mock/api";
import type { MockState } from "@mock/state";
import { MockServer } from "@mock/server";
import { launch, open, signIn, type Watched } from "./Browser";

/** Every page there is, but those of one incident, whose id is the server's to choose. */
export const pages: readonly string[] = [
  "/", "/incidents", "/endpoints", "/endpoints/view?endpoint=%2Fapi%2Fv1%2Flogin&method=POST", "/callers", "/callers/view?kind=ip&value=203.0.113.41", "/models", "/explore", "/ask?question=show%20high%20risk",
  "/settings/preferences", "/settings/thresholds", "/settings/keys", "/settings/sources", "/settings/audit",
];

/** A browser for the tests of a file. */
export function setUpBrowser(): { readonly browser: Browser } {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  return {
    get browser() {
      if (!browser) throw new Error("The browser is there from the first test on.");
      return browser;
    },
  };
}

/** The built application behind the mock API, and a page that is watched; both anew for each test of a file. */
export class Dashboard {
  server = new MockServer();
  private watched: Watched | undefined;

  constructor(private readonly chromium: { readonly browser: Browser }) {}

  get url() {
    return this.server.url;
  }

  get page() {
    return this.current.page;
  }

  get context() {
    return this.current.context;
  }

  get problems() {
    return this.current.problems;
  }

  get browser() {
    return this.chromium.browser;
  }

  async begin(): Promise<void> {
    this.server = await new MockServer().listen();
    this.watched = await open(this.browser);
  }

  async end(): Promise<void> {
    await this.watched?.context.close();
    await this.server.stop();
  }

  /** A server in another state, in the place of the one that was there. */
  async serve(change: Partial<MockState>): Promise<void> {
    await this.server.stop();
    this.server = await new MockServer(change).listen();
    this.current.hosts.clear();
  }

  signIn(page = this.page): Promise<void> {
    return signIn(page, this.url, mockKey);
  }

  /** The page is usable: nothing failed in it, and it asked nobody else. */
  expectClean(): void {
    expect(this.problems).toEqual([]);
    expect([...this.current.hosts]).toEqual([new URL(this.url).host]);
  }

  private get current(): Watched {
    if (!this.watched) throw new Error("The page is there from the first test on.");
    return this.watched;
  }
}

/** A dashboard for the tests of a file. */
export function setUpDashboard(): Dashboard {
  const dashboard = new Dashboard(setUpBrowser());
  beforeEach(() => dashboard.begin());
  afterEach(() => dashboard.end());
  return dashboard;
}
