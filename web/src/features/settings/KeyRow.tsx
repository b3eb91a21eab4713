import { useState } from "react";
import { visible } from "@/shared/format/text";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { TimeText } from "@/shared/ui/TimeText";
import type { Key } from "./useKeys";

interface Props {
  entry: Key;
  now: number;
  onRotate: () => void;
  onRevoke: () => void;
}

const questions = {
  rotate: { title: "Renew this key?", text: "A new key is shown once; the present one stops working at once.", button: "Renew" },
  revoke: { title: "Revoke this key?", text: "Whoever uses it is refused from now on. This cannot be undone.", button: "Revoke" },
};

/** One key with what can be done to it; both actions ask first. */
export function KeyRow({ entry, now, onRotate, onRevoke }: Props) {
  const [asked, setAsked] = useState<"rotate" | "revoke" | null>(null);
  const isExpired = entry.expires_at !== null && Date.parse(entry.expires_at) <= now;
  const isOff = entry.revoked_at !== null || isExpired;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <span className={`min-w-32 flex-1 ${isOff ? "text-muted line-through" : "font-medium"}`}>{visible(entry.name)}</span>
      <span className="w-16 text-muted">{entry.role}</span>
      <span className="text-[13px] text-muted">
        {entry.revoked_at ? <>revoked <TimeText time={entry.revoked_at} look="ago" /></> : isExpired ? "expired" : entry.last_used_at ? <>used <TimeText time={entry.last_used_at} look="ago" /></> : "never used"}
        {!isOff && entry.expires_at && <>, expires <TimeText time={entry.expires_at} /></>}
      </span>
      {!isOff && (
        <span className="flex gap-1">
          <Button look="quiet" onClick={() => setAsked("rotate")}>Renew</Button>
          <Button look="quiet" onClick={() => setAsked("revoke")}>Revoke</Button>
        </span>
      )}
      {asked && (
        <Dialog title={questions[asked].title} onClose={() => setAsked(null)}>
          <p>{visible(entry.name)}: {questions[asked].text}</p>
          <div className="mt-4 flex justify-end gap-2">
            <Button onClick={() => setAsked(null)}>Cancel</Button>
            <Button look={asked === "revoke" ? "danger" : "primary"} onClick={() => { (asked === "rotate" ? onRotate : onRevoke)(); setAsked(null); }}>{questions[asked].button}</Button>
          </div>
        </Dialog>
      )}
    </li>
  );
}
