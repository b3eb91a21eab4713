import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveFeed, type LiveSocket } from "./LiveFeed";

class FakeSocket implements LiveSocket {
  sent: string[] = [];
  isClosed = false;
  onopen: LiveSocket["onopen"] = null;
  onmessage: LiveSocket["onmessage"] = null;
  onclose: LiveSocket["onclose"] = null;
  send = (text: string) => void this.sent.push(text);
  close = () => void (this.isClosed = true);
  open = () => this.onopen?.(new Event("open"));
  tell = (message: unknown) => this.onmessage?.(new MessageEvent("message", { data: JSON.stringify(message) }));
  drop = () => this.onclose?.(new CloseEvent("close"));
}

let sockets: FakeSocket[];
let reconnected: number;
let feed: LiveFeed;
const last = () => sockets.at(-1) as FakeSocket;
const incident = (id: string, risk = 90) => ({ type: "incident", data: { id, risk, level: "CRITICAL" } });
const stats = (n: number) => ({ type: "stats", data: { requests_per_second: n } });

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  reconnected = 0;
  feed = new LiveFeed(() => {
    sockets.push(new FakeSocket());
    return last();
  }, () => reconnected++);
  feed.start();
});
afterEach(() => {
  feed.stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("it is live once connected, and asks for nothing missed the first time", () => {
  expect(feed.state.connection).toBe("connecting");
  last().open();
  expect(feed.state.connection).toBe("live");
  expect(last().sent).toEqual([]);
});

test("an incident that a campaign took over leaves the feed", () => {
  last().open();
  last().tell(incident("a"));
  last().tell({ type: "incident", data: { ...incident("a").data, part_of: "c" } });
  last().tell(incident("c"));
  expect(feed.state.incidents.map((one) => one.id)).toEqual(["c"]);
});

test("after a loss it connects again and asks for what it missed", () => {
  last().open();
  last().tell({ ...incident("a"), seq: 41 });
  last().drop();
  expect(feed.state.connection).toBe("reconnecting");
  vi.advanceTimersByTime(1_000);
  expect(sockets).toHaveLength(2);
  last().open();
  expect(last().sent).toEqual(['{"since":41}']);
  expect(feed.state).toMatchObject({ connection: "live", lostAt: null });
  expect(reconnected).toBe(1);
});

test("delays grow while the server is away, up to a quarter of a minute", () => {
  vi.spyOn(Math, "random").mockReturnValue(1);
  for (const delay of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]) {
    const before = sockets.length;
    last().drop();
    vi.advanceTimersByTime(delay - 1);
    expect(sockets).toHaveLength(before);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(before + 1);
  }
});

test("silence counts as a loss, for a dead connection closes nothing", () => {
  last().open();
  vi.advanceTimersByTime(12_500);
  expect(feed.state.connection).toBe("reconnecting");
  expect(sockets[0]?.isClosed).toBe(true);
});

test("an hour of seconds holds ten minutes, a flood of incidents a hundred", () => {
  last().open();
  for (let second = 0; second < 3_600; second++) last().tell(stats(second));
  for (let n = 0; n < 1_000; n++) last().tell(incident(`i${n}`));
  expect(feed.state.stats).toHaveLength(600);
  expect(feed.state.stats.at(-1)?.requests_per_second).toBe(3_599);
  expect(feed.state.incidents).toHaveLength(100);
});

test("an incident that worsens replaces itself", () => {
  last().open();
  last().tell(incident("a", 50));
  last().tell(incident("b", 60));
  last().tell(incident("a", 95));
  expect(feed.state.incidents.map((one) => [one.id, one.risk])).toEqual([["b", 60], ["a", 95]]);
});

test("nonsense is passed over", () => {
  last().open();
  last().onmessage?.(new MessageEvent("message", { data: "{" }));
  last().tell({ type: "unknown", data: {} });
  last().tell(null);
  expect(feed.state.connection).toBe("live");
  expect(feed.state.incidents).toEqual([]);
});

test("stopped is stopped", () => {
  last().open();
  feed.stop();
  vi.advanceTimersByTime(60_000);
  expect(sockets).toHaveLength(1);
  expect(feed.state.connection).toBe("off");
});
