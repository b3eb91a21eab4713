import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "@/shared/api/client";
import { setPreferences, usePreferences } from "@/shared/preferences/preferences";
import { useSession } from "@/shared/session/session";
import { Button, IconButton } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Segmented } from "@/shared/ui/Segmented";

/** Who is signed in, how things are shown, and the way out. */
export function AccountMenu() {
  const session = useSession();
  const client = useQueryClient();
  const { theme, zone } = usePreferences();
  const [isOpen, setOpen] = useState(false);
  const signOut = async () => {
    await request("/api/session", { method: "DELETE" }).catch(() => undefined);
    client.clear();
    window.location.assign("/signin");
  };
  return (
    <>
      <IconButton icon="key" label={`${session.name ?? "Signed in"} (${session.role ?? "no role"})`} onClick={() => setOpen(true)} />
      {isOpen && (
        <Dialog title={`${session.name ?? "Signed in"} · ${session.role ?? ""}`} onClose={() => setOpen(false)}>
          <div className="space-y-4">
            <div className="flex items-center justify-between gap-3">
              <span className="text-muted">Theme</span>
              <Segmented label="Theme" value={theme} options={[{ value: "system", label: "System" }, { value: "light", label: "Light" }, { value: "dark", label: "Dark" }]} onChange={(value) => setPreferences({ theme: value })} />
            </div>
            <div className="flex items-center justify-between gap-3">
              <span className="text-muted">Times</span>
              <Segmented label="Time zone" value={zone} options={[{ value: "utc", label: "UTC" }, { value: "local", label: "Local" }]} onChange={(value) => setPreferences({ zone: value })} />
            </div>
            <Button icon="out" className="w-full" onClick={() => void signOut()}>
              Sign out
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
