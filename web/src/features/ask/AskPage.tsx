import { useState } from "react";
import { useSearchParams } from "react-router";
import { Button } from "@/shared/ui/Button";
import { Loaded } from "@/shared/ui/Loaded";
import { AnswerView } from "./AnswerView";
import { useAsk } from "./useAsk";

const examples = ["show high risk APIs in last 10 minutes", "find anomalies in /payment endpoint", "show all bot-like behavior", "slowest endpoints today", "who failed to log in most in the last hour", "SQL injection since yesterday", "attacks that got through this week", "requests by curl today"];

/** Questions in plain words, with the interpretation shown so that nothing is misunderstood silently. */
export function AskPage() {
  const [search, setSearch] = useSearchParams();
  const question = search.get("question") ?? "";
  const [text, setText] = useState(question);
  const [seen, setSeen] = useState(question);
  if (question !== seen) {
    setSeen(question);
    setText(question);
  }
  const filter = search.get("filter") ?? "";
  const query = useAsk(question, filter);
  const ask = (next: string) => {
    setText(next);
    setSearch(next.trim() ? { question: next.trim() } : {});
  };
  return (
    <div className="space-y-3 pt-3">
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          ask(text);
        }}
      >
        <input autoFocus aria-label="Question" value={text} maxLength={500} onChange={(event) => setText(event.target.value)} placeholder="Ask about incidents, endpoints, callers or requests…" className="field h-11 flex-1 text-[15px]" />
        <Button look="primary" type="submit" className="min-h-11 px-5" disabled={!text.trim()}>Ask</Button>
      </form>
      {question || filter ? (
        <Loaded query={query} skeleton={<div className="skeleton h-64" />}>{(answer) => <AnswerView answer={answer} onAsk={ask} onFilter={(next) => setSearch(next ? { question, filter: next } : { question })} />}</Loaded>
      ) : (
        <div className="panel px-5 py-5">
          <p className="mb-3 text-muted">For example:</p>
          <ul className="flex flex-wrap gap-2">
            {examples.map((example) => (
              <li key={example}><Button onClick={() => ask(example)} className="font-normal">{example}</Button></li>
            ))}
          </ul>
          <p className="mt-4 text-[13px] text-muted">Nothing leaves this server: questions are understood by a grammar, not by a service elsewhere.</p>
        </div>
      )}
    </div>
  );
}
