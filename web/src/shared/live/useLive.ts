import { createContext, useContext, useSyncExternalStore } from "react";
import { LiveFeed, type LiveState } from "./LiveFeed";

const silent = new LiveFeed(() => {
  throw new Error("There is no live feed here.");
});

export const LiveContext = createContext<LiveFeed>(silent);

export function useLiveFeed(): LiveFeed {
  return useContext(LiveContext);
}

/** One part of the live state; renders again only when that part changes. */
export function useLive<T>(select: (state: LiveState) => T): T {
  const feed = useContext(LiveContext);
  return useSyncExternalStore(feed.subscribe, () => select(feed.state));
}
