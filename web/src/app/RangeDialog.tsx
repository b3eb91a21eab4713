import { useState } from "react";
import { usePreferences } from "@/shared/preferences/preferences";
import type { TimeRange } from "@/shared/time/range";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Labelled } from "@/shared/ui/Field";

interface Props {
  range: TimeRange;
  onChoose: (from: string, to: string) => void;
  onClose: () => void;
}

function toInput(time: number, isUtc: boolean): string {
  return new Date(time - (isUtc ? 0 : new Date(time).getTimezoneOffset() * 60_000)).toISOString().slice(0, 16);
}

/** Asks for the two ends of a time range, in the chosen zone. */
export function RangeDialog({ range, onChoose, onClose }: Props) {
  const isUtc = usePreferences().zone === "utc";
  const [end] = useState(() => (range.to ? Date.parse(range.to) : Date.now()));
  const [from, setFrom] = useState(toInput(end - range.lengthMs, isUtc));
  const [to, setTo] = useState(toInput(end, isUtc));
  const first = new Date(from + (isUtc ? "Z" : ""));
  const last = new Date(to + (isUtc ? "Z" : ""));
  const isWrong = !(first.getTime() < last.getTime());
  return (
    <Dialog title="Time range" onClose={onClose}>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWrong) return;
          onChoose(first.toISOString(), last.toISOString());
          onClose();
        }}
      >
        <Labelled label={`From (${isUtc ? "UTC" : "local time"})`}>
          <input type="datetime-local" className="field w-full" value={from} onChange={(event) => setFrom(event.target.value)} />
        </Labelled>
        <Labelled label="To">
          <input type="datetime-local" className="field w-full" value={to} onChange={(event) => setTo(event.target.value)} />
        </Labelled>
        {isWrong && <p className="text-critical" role="alert">The end must be after the beginning.</p>}
        <div className="flex justify-end gap-2 pt-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={isWrong}>
            Show
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
