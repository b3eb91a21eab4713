import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { setSignedOutHandler } from "@/shared/api/client";
import { LiveFeed, type LiveSocket } from "@/shared/live/LiveFeed";
import { LiveContext } from "@/shared/live/useLive";

function openSocket(): LiveSocket {
  return new WebSocket(`${window.location.protocol === "https:" ? "wss" : "ws"}://${window.location.host}/ws`);
}

/** Newer incidents are fetched at most this often while they pour in. */
const refreshMs = 2_000;

/** Holds the live connection while somebody is signed in, and lets what it brings refresh what pages show. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [feed] = useState(() => new LiveFeed(openSocket, () => void client.invalidateQueries()));

  useEffect(() => {
    setSignedOutHandler(() => void client.invalidateQueries({ queryKey: ["session"] }));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = feed.receive((message) => {
      if (message.type === "phase") void client.invalidateQueries({ queryKey: ["status"] });
      if (message.type !== "incident" || timer) return;
      timer = setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: ["incidents"] });
        void client.invalidateQueries({ queryKey: ["stats"] });
      }, refreshMs);
    });
    const wake = () => feed.retryNow();
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    feed.start();
    return () => {
      clearTimeout(timer);
      unsubscribe();
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      feed.stop();
    };
  }, [client, feed]);

  return <LiveContext value={feed}>{children}</LiveContext>;
}
