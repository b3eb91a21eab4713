import type { Incident } from "@/shared/api/incident";
import { parseMessage, type LiveMessage, type LiveStats } from "./messages";
import { pushBounded } from "./ring";

/** connecting: first attempt · live: messages arrive · reconnecting: lost, trying again · off: not wanted. */
export type Connection = "off" | "connecting" | "live" | "reconnecting";

export interface LiveState {
  connection: Connection;
  /** When the connection was lost, in Unix milliseconds; null while it holds. */
  lostAt: number | null;
  /** The last ten minutes, one entry a second at most. */
  stats: readonly LiveStats[];
  /** Incidents that came since the page was opened, the oldest first, each once. */
  incidents: readonly Incident[];
}

/** Where the feed connects; a browser's WebSocket fits. */
export interface LiveSocket {
  send(text: string): void;
  close(): void;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
}

const maxStats = 600;
const maxIncidents = 100;
const firstDelayMs = 500;
const maxDelayMs = 15_000;
/** `stats` comes each second: this much silence means that the connection is dead though nobody closed it. */
const silenceMs = 12_000;

/** The live connection: reconnects with growing delays, asks for what it missed, and keeps a bounded past. */
export class LiveFeed {
  state: LiveState = { connection: "off", lostAt: null, stats: [], incidents: [] };

  private readonly listeners = new Set<() => void>();
  private readonly receivers = new Set<(message: LiveMessage) => void>();
  private socket: LiveSocket | null = null;
  private lastSeq = 0;
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly open: () => LiveSocket,
    private readonly onReconnected: () => void = () => {},
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Calls `receiver` for each message as it comes. */
  receive(receiver: (message: LiveMessage) => void): () => void {
    this.receivers.add(receiver);
    return () => this.receivers.delete(receiver);
  }

  start(): void {
    if (this.socket) return;
    this.set({ connection: "connecting" });
    this.connect();
  }

  stop(): void {
    clearTimeout(this.retry);
    clearTimeout(this.watchdog);
    this.drop();
    this.set({ connection: "off", lostAt: null });
  }

  /** Tries at once instead of after the current delay. */
  retryNow(): void {
    if (this.state.connection !== "reconnecting") return;
    clearTimeout(this.retry);
    this.connect();
  }

  private connect(): void {
    this.drop();
    const socket = this.open();
    this.socket = socket;
    socket.onopen = () => this.opened(socket);
    socket.onmessage = (event) => this.received(event.data);
    socket.onclose = () => this.lost();
    this.expectNews();
  }

  private opened(socket: LiveSocket): void {
    // Asking with 0 would bring the whole past; the pages load that themselves.
    if (this.lastSeq > 0) socket.send(JSON.stringify({ since: this.lastSeq }));
    const wasLost = this.state.lostAt !== null;
    this.failures = 0;
    this.set({ connection: "live", lostAt: null });
    this.expectNews();
    if (wasLost) this.onReconnected();
  }

  private received(text: unknown): void {
    const message = parseMessage(text);
    if (!message) return;
    this.expectNews();
    if (message.seq !== undefined) this.lastSeq = message.seq;
    if (message.type === "stats") this.set({ stats: pushBounded(this.state.stats, message.data, maxStats) });
    if (message.type === "incident") {
      const others = this.state.incidents.filter((known) => known.id !== message.data.id);
      this.set({ incidents: message.data.part_of ? others : pushBounded(others, message.data, maxIncidents) });
    }
    for (const receiver of this.receivers) receiver(message);
  }

  private lost(): void {
    this.drop();
    clearTimeout(this.watchdog);
    this.set({ connection: "reconnecting", lostAt: this.state.lostAt ?? Date.now() });
    const delay = Math.min(maxDelayMs, firstDelayMs * 2 ** this.failures++);
    // Spread out, so that a hundred browsers do not return in the same instant.
    this.retry = setTimeout(() => this.connect(), delay * (0.5 + Math.random() / 2));
  }

  private expectNews(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.lost(), silenceMs);
  }

  private drop(): void {
    if (!this.socket) return;
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
    this.socket = null;
  }

  private set(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
