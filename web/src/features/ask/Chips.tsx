import { useState } from "react";
import { humanize, visible } from "@/shared/format/text";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Labelled } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { rephrase } from "./rephrase";
import type { Chip } from "./useAsk";

/** The conditions of a question; each can be changed or left out, which asks again in words. */
export function Chips({ chips, onAsk }: { chips: readonly Chip[]; onAsk: (question: string) => void }) {
  const [edited, setEdited] = useState<number | null>(null);
  const [text, setText] = useState("");
  const chip = edited === null ? undefined : chips[edited];
  return (
    <ul className="flex flex-wrap gap-2">
      {chips.map((one, index) => (
        <li key={`${one.field} ${one.value}`} className="tint-accent flex items-stretch overflow-hidden rounded-full text-accent">
          <button type="button" className="py-1 pr-1.5 pl-3 text-[13px] font-medium hover:underline" data-hint={`${humanize(one.field)} ${one.operator} ${visible(one.value)}. Press to change.`} onClick={() => { setEdited(index); setText(one.label); }}>
            {visible(one.label)}
          </button>
          <button type="button" aria-label={`Leave out ${one.label}`} className="pr-2.5 pl-1 hover:text-ink" onClick={() => onAsk(rephrase(chips, index, ""))}>
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
              onAsk(rephrase(chips, edited, text));
              setEdited(null);
            }}
          >
            <Labelled label={humanize(chip.field)} hint="In words, for example “in last 2 hours” or “in /login endpoint”.">
              <input className="field w-full" value={text} maxLength={120} onChange={(event) => setText(event.target.value)} />
            </Labelled>
            <div className="flex justify-end gap-2"><Button onClick={() => setEdited(null)}>Cancel</Button><Button look="primary" type="submit">Ask again</Button></div>
          </form>
        </Dialog>
      )}
    </ul>
  );
}
