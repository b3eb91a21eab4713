import { useLocation } from "react-router";
import { setPreferences, usePreferences } from "@/shared/preferences/preferences";
import { Segmented } from "@/shared/ui/Segmented";
import { IconButton } from "@/shared/ui/Button";
import { AccountMenu } from "./AccountMenu";
import { ConnectionPill } from "./ConnectionPill";
import { nav } from "./nav";
import { RangePicker } from "./RangePicker";

function isDark(theme: string): boolean {
  return theme === "dark" || (theme === "system" && window.matchMedia("(prefers-color-scheme: dark)").matches);
}

/** Where one is, whether what one sees is live, and over which time. */
export function TopBar() {
  const { pathname } = useLocation();
  const { theme, zone } = usePreferences();
  const page = nav.find((item) => item.to !== "/" && pathname.startsWith(item.to)) ?? nav[0];
  const hasRange = !pathname.startsWith("/settings") && !pathname.startsWith("/models") && !pathname.startsWith("/ask");
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-canvas/95 backdrop-blur-sm">
      <div className="mx-auto flex min-h-14 w-full max-w-[1680px] flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2 sm:px-5">
        <h1 className="text-[17px] font-semibold tracking-tight">{page?.label}</h1>
        <ConnectionPill />
        <div className="ml-auto flex items-center gap-2">
          {hasRange && <RangePicker />}
          <span className="hidden sm:inline-flex">
            <Segmented
              label="Time zone"
              value={zone}
              options={[
                { value: "utc", label: "UTC", hint: "Times in UTC" },
                { value: "local", label: "Local", hint: `Times in ${Intl.DateTimeFormat().resolvedOptions().timeZone}` },
              ]}
              onChange={(value) => setPreferences({ zone: value })}
            />
          </span>
          <span className="hidden sm:inline-flex">
            <IconButton icon={isDark(theme) ? "sun" : "moon"} label={isDark(theme) ? "Light theme" : "Dark theme"} onClick={() => setPreferences({ theme: isDark(theme) ? "light" : "dark" })} />
          </span>
          <AccountMenu />
        </div>
      </div>
    </header>
  );
}
