import { useState } from "react";
import { humanize, visible } from "@/shared/format/text";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Labelled } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { filterOf } from "./filter";
import type { Chip } from "./useAsk";

/** The conditions of a question; each can be changed or left out, which asks again. */
export function Chips({ chips, onFilter }: { chips: readonly Chip[]; onFilter: (filter: string) => void }) {
  const [edited, setEdited] = useState<number | null>(null);
  const [text, setText] = useState("");
  const chip = edited === null ? undefined : chips[edited];
  return (
    <ul className="flex flex-wrap gap-2">
      {chips.map((one, index) => (
        <li key={`${one.field} ${one.value}`} className="tint-accent flex items-stretch overflow-hidden rounded-full text-accent">
          <button type="button" className="py-1 pr-1.5 pl-3 text-[13px] font-medium hover:underline" data-hint={`${humanize(one.field)} ${one.operator} ${visible(one.value)}. Press to change.`} onClick={() => { setEdited(index); setText(one.value); }}>
            {visible(one.label)}
          </button>
          <button type="button" aria-label={`Leave out ${one.label}`} className="pr-2.5 pl-1 hover:text-ink" onClick={() => onFilter(filterOf(chips, index, ""))}>
            <Icon name="close" size={12} />
          </button>
        </li>
      ))}
      {chip && edited !== null && (
        <Dialog title="Change this condition" onClose={() => setEdited(null)}>
          <form
            className="space-y-3"
            onSubmit={(event) => {
              event.preventDefault();
              onFilter(filterOf(chips, edited, text));
              setEdited(null);
            }}
          >
            <Labelled label={humanize(chip.field)} hint="Times as 30m, 6h, 2d; shares as 0.3.">
              <input className="field w-full" value={text} maxLength={120} onChange={(event) => setText(event.target.value)} />
            </Labelled>
            <div className="flex justify-end gap-2"><Button onClick={() => setEdited(null)}>Cancel</Button><Button look="primary" type="submit">Ask again</Button></div>
          </form>
        </Dialog>
      )}
    </ul>
  );
}
