import { useState } from "react";
import { useSearchParams } from "react-router";
import { formatDateTime } from "@/shared/format/time";
import { usePreferences } from "@/shared/preferences/preferences";
import { presets, withRange } from "@/shared/time/range";
import { useTimeRange } from "@/shared/time/useTimeRange";
import { Select } from "@/shared/ui/Field";
import { RangeDialog } from "./RangeDialog";

/** Over which time the pages look; kept in the address, so that a link shows the same. */
export function RangePicker() {
  const [search, setSearch] = useSearchParams();
  const [isOpen, setOpen] = useState(false);
  const { zone } = usePreferences();
  const range = useTimeRange();
  const fixed = range.isLive ? null : `${formatDateTime(range.from ?? "", zone)} – ${formatDateTime(range.to ?? "", zone)}`;
  return (
    <>
      <Select
        label="Time range"
        value={range.isLive ? range.key : "fixed"}
        className="max-w-[46vw]"
        onChange={(event) => (event.target.value === "custom" ? setOpen(true) : event.target.value !== "fixed" && setSearch(withRange(search, { preset: event.target.value })))}
      >
        {fixed && <option value="fixed">{fixed}</option>}
        {presets.map((preset) => (
          <option key={preset.key} value={preset.key}>
            Last {preset.label}
          </option>
        ))}
        <option value="custom">Choose…</option>
      </Select>
      {isOpen && <RangeDialog range={range} onClose={() => setOpen(false)} onChoose={(from, to) => setSearch(withRange(search, { from, to }))} />}
    </>
  );
}
