import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";
import { isSession } from "./api";
import { createState, type MockState } from "./state";
import { handle, isApi } from "./handler";
import { MockLive } from "./live";

const root = fileURLToPath(new URL("../dist/app", import.meta.url));
const types: Record<string, string> = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** The policy the real server sends with the application. */
export const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The built application behind the mock API, with the real server's headers: for browser tests. */
export class MockServer {
  state: MockState;
  live: MockLive;
  delayMs = 0;
  private http: Server;

  constructor(change: Partial<MockState> = {}) {
    this.state = createState(change);
    this.live = new MockLive(() => this.state);
    this.http = this.create();
  }

  get port(): number {
    return (this.http.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  listen(port = 0): Promise<this> {
    return new Promise((resolve) => this.http.listen(port, "127.0.0.1", () => resolve(this)));
  }

  /** Stops at once, as a killed process would. */
  stop(): Promise<void> {
    this.live.close();
    this.http.closeAllConnections();
    return new Promise((resolve) => this.http.close(() => resolve()));
  }

  /** Starts again on the same port with the same state. */
  async restart(port: number): Promise<void> {
    this.live = new MockLive(() => this.state);
    this.http = this.create();
    await this.listen(port);
  }

  /** A page that goes away leaves requests behind in the middle: that is nobody's failure. */
  private answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return handle(this.state, request, response).catch((error: unknown) => {
      if (!request.readableAborted) throw error;
    });
  }

  private create(): Server {
    const sockets = new WebSocketServer({ noServer: true });
    const http = createServer((request, response) => {
      const path = (request.url ?? "/").split("?")[0] ?? "/";
      response.setHeader("Content-Security-Policy", contentSecurityPolicy);
      response.setHeader("X-Content-Type-Options", "nosniff");
      if (isApi(path)) return setTimeout(() => void this.answer(request, response), this.delayMs);
      const file = join(root, normalize(path));
      const served = file.startsWith(root) && existsSync(file) && statSync(file).isFile() ? file : join(root, "index.html");
      response.setHeader("Content-Type", types[extname(served)] ?? "application/octet-stream");
      return served.endsWith(".html") ? response.end(readFileSync(served)) : createReadStream(served).pipe(response);
    });
    http.on("upgrade", (request, socket, head) => {
      if (!isSession(this.state, request.headers.cookie)) return socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
      sockets.handleUpgrade(request, socket, head, (client) => this.live.add(client));
    });
    return http;
  }
}
