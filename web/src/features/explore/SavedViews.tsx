import { useState } from "react";
import { useSearchParams } from "react-router";
import { describeProblem } from "@/shared/api/problem";
import { visible } from "@/shared/format/text";
import { refusal, useSession } from "@/shared/session/session";
import { Button, IconButton } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { TextInput } from "@/shared/ui/Field";
import { useSaveViews, useViews } from "./useViews";

/** Named filters to return to. */
export function SavedViews() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" icon="bookmark" onClick={() => setOpen(true)}>Saved views</Button>
      {isOpen && <ViewsDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function ViewsDialog({ onClose }: { onClose: () => void }) {
  const [search, setSearch] = useSearchParams();
  const [name, setName] = useState("");
  const session = useSession();
  const views = useViews();
  const save = useSaveViews();
  const refused = refusal(session, "analyst");
  const all = views.data?.items ?? [];
  const mine = all.filter((view) => view.page === "explore");
  return (
    <Dialog title="Saved views" onClose={onClose}>
      {views.isError && <p role="alert" className="mb-2 text-critical">{describeProblem(views.error).title}</p>}
      {mine.length === 0 && <p className="mb-3 text-muted">None yet. Set filters, give them a name below, and everybody on this server can return to them.</p>}
      <ul className="mb-3 divide-y divide-line">
        {mine.map((view) => (
          <li key={view.name} className="flex items-center justify-between gap-2">
            <button type="button" className="min-w-0 flex-1 truncate py-2 text-left hover:text-accent" onClick={() => { setSearch(new URLSearchParams(view.query)); onClose(); }}>
              {visible(view.name)}
            </button>
            {!refused && <IconButton icon="close" label={`Remove ${view.name}`} onClick={() => save.mutate(all.filter((other) => other !== view))} />}
          </li>
        ))}
      </ul>
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (!name.trim() || refused) return;
          save.mutate([...all.filter((view) => view.page !== "explore" || view.name !== name.trim()), { name: name.trim(), page: "explore", query: search.toString() }], { onSuccess: () => setName("") });
        }}
      >
        <TextInput label="Name for the present filters" value={name} maxLength={80} onChange={(event) => setName(event.target.value)} className="flex-1" disabled={refused !== null} />
        <Button type="submit" refused={refused} disabled={!name.trim() || save.isPending}>Save</Button>
      </form>
      {save.isError && <p role="alert" className="mt-2 text-critical">Not saved. {describeProblem(save.error).detail || describeProblem(save.error).title}</p>}
    </Dialog>
  );
}
