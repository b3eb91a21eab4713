import { useState } from "react";
import type { Verdict } from "@/shared/api/incident";
import { describeProblem } from "@/shared/api/problem";
import { humanize, visible } from "@/shared/format/text";
import { refusal, useSession } from "@/shared/session/session";
import { Button } from "@/shared/ui/Button";
import { TextInput } from "@/shared/ui/Field";
import { TimeText } from "@/shared/ui/TimeText";
import type { IncidentDetail } from "./useIncident";
import { useFeedback } from "./useFeedback";

const choices: { verdict: Verdict; label: string; hint: string }[] = [
  { verdict: "confirmed", label: "Confirm", hint: "It is what it says. The models learn from it." },
  { verdict: "false_positive", label: "False positive", hint: "It is ordinary traffic. Similar conduct is judged more mildly." },
  { verdict: "benign", label: "Benign", hint: "It is what it says, but allowed: a test of yours, a partner." },
];

/** What a person says about the incident. */
export function FeedbackBar({ incident }: { incident: IncidentDetail }) {
  const session = useSession();
  const feedback = useFeedback(incident.id);
  const [note, setNote] = useState("");
  const refused = refusal(session, "analyst");
  const say = (verdict: Verdict) => feedback.mutate(note ? { verdict, note } : { verdict }, { onSuccess: () => setNote("") });
  return (
    <section aria-label="Verdict" className="panel px-4 py-3 sm:px-5">
      <div className="flex flex-wrap items-center gap-2">
        {choices.map((choice) => (
          <Button key={choice.verdict} aria-pressed={incident.verdict === choice.verdict} refused={refused} disabled={feedback.isPending} data-hint={choice.hint} icon={incident.verdict === choice.verdict ? "check" : undefined} onClick={() => say(choice.verdict)} className={incident.verdict === choice.verdict ? "tint-accent border-accent text-accent" : ""}>
            {choice.label}
          </Button>
        ))}
        <TextInput label="Note (optional)" value={note} maxLength={1000} onChange={(event) => setNote(event.target.value)} className="min-w-32 flex-1" disabled={refused !== null} />
      </div>
      {refused && <p className="mt-2 text-[12.5px] text-muted">A verdict: {refused} Ask an administrator for another key.</p>}
      {feedback.isError && <p role="alert" className="mt-2 text-[13px] text-critical">Not saved. {describeProblem(feedback.error).title}. {describeProblem(feedback.error).advice}</p>}
      {incident.feedback.length > 0 && (
        <ul className="mt-2 space-y-1 text-[12.5px] text-muted">
          {incident.feedback.map((said) => (
            <li key={`${said.time}${said.verdict}`} className="break-words">
              <span className="font-medium text-ink">{humanize(said.verdict)}</span> by {visible(said.by)}, <TimeText time={said.time} />
              {said.note && <>: {visible(said.note)}</>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
