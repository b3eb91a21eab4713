import { CopyButton } from "@/shared/ui/CopyButton";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import type { IssuedKey } from "./useKeyActions";

/** The only time a key is seen. */
export function IssuedKeyDialog({ issued, onClose }: { issued: IssuedKey; onClose: () => void }) {
  return (
    <Dialog title={`Key for ${issued.name} (${issued.role})`} onClose={onClose}>
      <p className="text-muted">Copy it now: it is shown this once, and only its hash is kept.</p>
      <p className="mt-3 flex items-center gap-2 rounded-md border border-line bg-sunken px-3 py-2">
        <code className="min-w-0 flex-1 font-mono break-all">{issued.key}</code>
        <CopyButton label="Copy" text={() => issued.key} />
      </p>
      <div className="mt-4 flex justify-end"><Button look="primary" onClick={onClose}>I have it</Button></div>
    </Dialog>
  );
}
