import type { Server } from "node:http";
import type { Connect, Plugin } from "vite";
import { WebSocketServer } from "ws";
import { createState } from "./state";
import { handle, isApi } from "./handler";
import { makeIncidents } from "./incidents";
import { MockLive } from "./live";

/** While developing without a server: `npm run dev`, then sign in with the key vdt_mock. Not part of what is shipped. */
export function mockServer(): Plugin {
  const state = createState();
  const serve = (middlewares: Connect.Server, http: Server | null) => {
    const live = new MockLive(() => state);
    const sockets = new WebSocketServer({ noServer: true });
    http?.on("upgrade", (request, socket, head) => {
      if (request.url?.startsWith("/ws")) sockets.handleUpgrade(request, socket, head, (client) => live.add(client));
    });
    http?.on("close", () => live.close());
    const timer = setInterval(() => {
      const fresh = makeIncidents(Date.now())[0];
      if (fresh) live.publish("incident", { ...fresh, id: `${fresh.id}-${Date.now()}` });
    }, 45_000);
    http?.on("close", () => clearInterval(timer));
    middlewares.use((request, response, next) => (isApi((request.url ?? "").split("?")[0] ?? "") ? void handle(state, request, response) : next()));
  };
  return { name: "vedette-mock", apply: "serve", configureServer: (server) => serve(server.middlewares, server.httpServer as Server | null) };
}
