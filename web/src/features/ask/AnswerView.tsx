import { plural } from "@/shared/format/number";
import { visible } from "@/shared/format/text";
import { Button } from "@/shared/ui/Button";
import { Notice } from "@/shared/ui/Notice";
import { AnswerTable } from "./AnswerTable";
import { Chips } from "./Chips";
import type { Answer } from "./useAsk";

/** More are given only when asked for. */
const defaultRows = 100;

/** What was understood, what was not, and the table. */
export function AnswerView({ answer, onAsk, onFilter }: { answer: Answer; onAsk: (question: string) => void; onFilter: (filter: string) => void }) {
  const { sentence, chips, not_understood: unknown, suggestions } = answer.interpretation;
  const isUnderstood = chips.length > 0 || sentence !== "";
  const isCut = answer.rows.length >= defaultRows && !chips.some((chip) => chip.field === "limit");
  return (
    <div className="space-y-3">
      <div className="panel space-y-2.5 px-4 py-3">
        {isUnderstood && <p><span className="text-muted">Understood as: </span><strong>{visible(sentence)}</strong></p>}
        <Chips chips={chips} onFilter={onFilter} />
        {unknown.length > 0 && <p role="status" className="text-medium">Not understood: {unknown.map((word) => `“${visible(word)}”`).join(", ")}. The answer does without {unknown.length === 1 ? "it" : "them"}.</p>}
        {(unknown.length > 0 || !isUnderstood) && suggestions.length > 0 && (
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-muted">Did you mean</span>
            {suggestions.map((suggestion) => <Button key={suggestion} onClick={() => onAsk(suggestion)} className="font-normal">{suggestion}</Button>)}
          </div>
        )}
      </div>
      {isUnderstood && (answer.rows.length === 0 ? <div className="panel"><Notice title="Nothing matches">Remove a condition above, or ask about a longer time.</Notice></div> : (
        <>
          <p className="text-[13px] text-muted">{isCut ? `The first ${answer.rows.length} rows; “top 1000” asks for more.` : plural(answer.rows.length, "row")}</p>
          <AnswerTable answer={answer} />
        </>
      ))}
    </div>
  );
}
