import { setPreferences, usePreferences } from "@/shared/preferences/preferences";
import { Panel } from "@/shared/ui/Panel";
import { Segmented } from "@/shared/ui/Segmented";

function Choice({ label, text, children }: { label: string; text: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-3 first:border-0">
      <div className="min-w-52 flex-1">
        <div className="font-medium">{label}</div>
        <div className="text-[13px] text-muted">{text}</div>
      </div>
      {children}
    </div>
  );
}

/** What a person likes; kept in this browser. */
export function PreferencesSection() {
  const { theme, zone, shortcuts, toasts } = usePreferences();
  return (
    <Panel title="Preferences" hint="Kept in this browser.">
      <Choice label="Theme" text="System follows the setting of your device.">
        <Segmented label="Theme" value={theme} options={[{ value: "system", label: "System" }, { value: "light", label: "Light" }, { value: "dark", label: "Dark" }]} onChange={(value) => setPreferences({ theme: value })} />
      </Choice>
      <Choice label="Times" text={`Local is ${Intl.DateTimeFormat().resolvedOptions().timeZone}.`}>
        <Segmented label="Time zone" value={zone} options={[{ value: "utc", label: "UTC" }, { value: "local", label: "Local" }]} onChange={(value) => setPreferences({ zone: value })} />
      </Choice>
      <Choice label="Toasts" text="Lowest level of a new incident that is announced in the corner.">
        <Segmented label="Toasts" value={toasts} options={[{ value: "HIGH", label: "High" }, { value: "CRITICAL", label: "Critical" }, { value: "none", label: "None" }]} onChange={(value) => setPreferences({ toasts: value })} />
      </Choice>
      <Choice label="Letter shortcuts" text="j and k walk through incidents. Switch off if your tools type letters.">
        <Segmented label="Letter shortcuts" value={shortcuts ? "on" : "off"} options={[{ value: "on", label: "On" }, { value: "off", label: "Off" }]} onChange={(value) => setPreferences({ shortcuts: value === "on" })} />
      </Choice>
    </Panel>
  );
}
