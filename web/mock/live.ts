import type { WebSocket } from "ws";
import type { MockState } from "./state";
import { rateAt } from "./traffic";

/** The mock's live feed: stats each second, incidents when told, and what was missed since a number. */
export class MockLive {
  private readonly clients = new Set<WebSocket>();
  private readonly past: { type: string; data: unknown; seq: number }[] = [];
  private seq = 0;
  private readonly timer = setInterval(() => this.tick(), 1_000);

  constructor(private readonly state: () => MockState) {}

  add(socket: WebSocket): void {
    this.clients.add(socket);
    socket.on("close", () => this.clients.delete(socket));
    socket.on("message", (text) => {
      const { since } = JSON.parse(String(text)) as { since?: number };
      if (since) for (const message of this.past) if (message.seq > since) socket.send(JSON.stringify(message));
    });
    this.tick();
  }

  publish(type: string, data: unknown): void {
    const message = { type, data, seq: ++this.seq };
    if (type !== "stats") this.past.push(message);
    for (const client of this.clients) client.send(JSON.stringify(message));
  }

  /** Loses the connections, as a network does. */
  drop(): void {
    for (const client of this.clients) client.terminate();
  }

  close(): void {
    clearInterval(this.timer);
    for (const client of this.clients) client.terminate();
  }

  private tick(): void {
    const now = Date.now();
    const rate = Math.round(rateAt(now));
    this.publish("stats", { time: new Date(now).toISOString(), requests_per_second: rate, errors_per_second: Math.round(rate * 0.04), anomalies_per_second: now % 17_000 < 1_000 ? 2 : 0, total_requests: 4_812_331, total_anomalies: 2_100, phase: this.state().phase, lag_seconds: 0.4, live_clients: this.clients.size });
  }
}
