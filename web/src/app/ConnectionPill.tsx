import { formatDuration } from "@/shared/format/time";
import { useLive, useLiveFeed } from "@/shared/live/useLive";
import { useNow } from "@/shared/time/useNow";

const looks = {
  live: { dot: "bg-ok", text: "Live", tone: "text-muted" },
  connecting: { dot: "bg-medium-fill", text: "Connecting", tone: "text-muted" },
  reconnecting: { dot: "bg-critical-fill", text: "Reconnecting", tone: "text-critical" },
  off: { dot: "bg-low-fill", text: "Not live", tone: "text-muted" },
};

/** Whether news arrive as they happen. */
export function ConnectionPill() {
  const feed = useLiveFeed();
  const connection = useLive((state) => state.connection);
  const lostAt = useLive((state) => state.lostAt);
  const lag = useLive((state) => state.stats.at(-1)?.lag_seconds ?? 0);
  const isBusy = useLive((state) => state.stats.slice(-10).some((second) => second.requests_per_second > 0));
  const now = useNow(1_000);
  const look = looks[connection];
  // While nothing comes, the age of the last event grows and means nothing.
  const isBehind = connection === "live" && lag > 30 && isBusy;
  const text = lostAt !== null ? `No connection for ${formatDuration(now - lostAt)}` : isBehind ? `${formatDuration(lag * 1000)} behind` : look.text;
  const hint = lostAt !== null ? "Trying again by itself. What is shown may be old; what was missed is fetched afterwards. Press to try now." : isBehind ? "Events are analysed later than they happen: the server is catching up, or clocks differ." : "News arrive as they happen.";
  return (
    <button type="button" data-hint={hint} onClick={() => feed.retryNow()} className={`flex h-7 items-center gap-2 rounded-full border border-line px-2.5 text-[12.5px] whitespace-nowrap ${lostAt !== null ? "tint-critical" : ""} ${isBehind ? "text-medium" : look.tone}`}>
      <span className={`size-2 rounded-full ${isBehind ? "bg-medium-fill" : look.dot}`} />
      <span role="status">{text}</span>
    </button>
  );
}
