import { useState } from "react";
import type { Role } from "@/shared/session/session";
import { Button } from "@/shared/ui/Button";
import { Select, TextInput } from "@/shared/ui/Field";
import { Panel } from "@/shared/ui/Panel";

const roles: { role: Role; text: string }[] = [
  { role: "ingest", text: "ingest: may only send events" },
  { role: "viewer", text: "viewer: may look" },
  { role: "analyst", text: "analyst: may also judge, train and decide" },
  { role: "admin", text: "admin: may do everything" },
  { role: "bouncer", text: "bouncer: may only read decisions" },
];
const days = [0, 30, 90, 365];

/** Makes a key. */
export function NewKeyForm({ isBusy, onCreate }: { isBusy: boolean; onCreate: (wanted: { name: string; role: Role; expires_at?: string }) => void }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [life, setLife] = useState(0);
  return (
    <Panel title="New key">
      <form
        className="flex flex-wrap gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (!name.trim()) return;
          onCreate({ name: name.trim(), role, ...(life > 0 ? { expires_at: new Date(Date.now() + life * 86_400_000).toISOString() } : {}) });
          setName("");
        }}
      >
        <TextInput label="Name: who or what uses it" value={name} maxLength={100} onChange={(event) => setName(event.target.value)} className="min-w-48 flex-1" />
        <Select label="Role" value={role} onChange={(event) => setRole(event.target.value as Role)} className="max-w-full">
          {roles.map((one) => <option key={one.role} value={one.role}>{one.text}</option>)}
        </Select>
        <Select label="Expires" value={life} onChange={(event) => setLife(Number(event.target.value))}>
          {days.map((count) => <option key={count} value={count}>{count === 0 ? "never expires" : `expires in ${count} days`}</option>)}
        </Select>
        <Button look="primary" type="submit" disabled={!name.trim() || isBusy}>Create</Button>
      </form>
    </Panel>
  );
}
