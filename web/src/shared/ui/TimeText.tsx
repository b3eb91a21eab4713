import { formatAgo, formatClockSeconds, formatDateTime, formatExact } from "@/shared/format/time";
import { usePreferences } from "@/shared/preferences/preferences";
import { useNow } from "@/shared/time/useNow";

interface Props {
  time: string | number;
  look?: "ago" | "clock" | "full";
}

/** A time in the chosen zone; the hover gives it exactly. */
export function TimeText({ time, look = "full" }: Props) {
  const { zone } = usePreferences();
  const now = useNow();
  const text = look === "ago" ? formatAgo(time, now) : look === "clock" ? formatClockSeconds(time, zone) : formatDateTime(time, zone);
  const date = new Date(time);
  return (
    <time dateTime={Number.isNaN(date.getTime()) ? undefined : date.toISOString()} data-hint={formatExact(time, zone)} className="whitespace-nowrap">
      {text}
    </time>
  );
}
