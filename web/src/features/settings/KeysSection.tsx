import { useState } from "react";
import { describeProblem } from "@/shared/api/problem";
import { useNow } from "@/shared/time/useNow";
import { Loaded } from "@/shared/ui/Loaded";
import { Panel } from "@/shared/ui/Panel";
import { IssuedKeyDialog } from "./IssuedKeyDialog";
import { KeyRow } from "./KeyRow";
import { NewKeyForm } from "./NewKeyForm";
import { useKeyActions, type IssuedKey } from "./useKeyActions";
import { useKeys } from "./useKeys";

/** API keys: who may send, look, judge and administer. */
export function KeysSection() {
  const keys = useKeys();
  const actions = useKeyActions();
  const now = useNow();
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const failure = actions.create.error ?? actions.rotate.error ?? actions.revoke.error;
  return (
    <>
      <NewKeyForm isBusy={actions.create.isPending} onCreate={(wanted) => actions.create.mutate(wanted, { onSuccess: setIssued })} />
      {failure && <p role="alert" className="tint-critical rounded-md px-3 py-2 text-critical">{describeProblem(failure).detail || describeProblem(failure).title}</p>}
      <Panel title="Keys" hint="Only hashes are stored: a lost key cannot be shown again, only renewed.">
        <Loaded query={keys} skeleton={<div className="skeleton h-40" />}>
          {(page) => (
            <ul className="divide-y divide-line">
              {page.items.map((key) => (
                <KeyRow key={key.id} entry={key} now={now} onRotate={() => actions.rotate.mutate(key.id, { onSuccess: setIssued })} onRevoke={() => actions.revoke.mutate(key.id)} />
              ))}
            </ul>
          )}
        </Loaded>
      </Panel>
      {issued && <IssuedKeyDialog issued={issued} onClose={() => setIssued(null)} />}
    </>
  );
}
