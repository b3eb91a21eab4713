import { useEffect, useRef, useState } from "react";
import type { Incident } from "@/shared/api/incident";
import { byGravity, severity } from "@/shared/incident/order";
import { usePreferences } from "@/shared/preferences/preferences";
import { useLiveFeed } from "./useLive";

const maxShown = 3;
const maxHeld = 200;
const shownMs = 12_000;

/** Incidents to tell about now: new ones and ones that got worse, of the chosen level and above. When many come at once, as after a lost connection, the gravest are shown and the others counted. */
export function useLiveToasts(): { toasts: readonly Incident[]; others: number; dismiss: (id: string) => void; dismissAll: () => void } {
  const feed = useLiveFeed();
  const { toasts: lowest } = usePreferences();
  const [toasts, setToasts] = useState<readonly Incident[]>([]);
  const told = useRef(new Map<string, number>());

  useEffect(() => {
    if (lowest === "none") return;
    return feed.receive((message) => {
      if (message.type !== "incident") return;
      const { id, level, part_of } = message.data;
      if (part_of) {
        setToasts((shown) => shown.filter((toast) => toast.id !== id));
        return;
      }
      const rank = severity(level);
      const before = told.current.get(id) ?? -1;
      if (rank < severity(lowest) || rank <= before) return;
      if (told.current.size > 1_000) told.current.clear();
      told.current.set(id, rank);
      setToasts((shown) => [...shown.filter((toast) => toast.id !== id), message.data].slice(-maxHeld));
      setTimeout(() => setToasts((shown) => shown.filter((toast) => toast !== message.data)), shownMs);
    });
  }, [feed, lowest]);

  const gravest = [...toasts].sort(byGravity).slice(0, maxShown);
  return { toasts: gravest, others: toasts.length - gravest.length, dismiss: (id) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), dismissAll: () => setToasts([]) };
}
