import { humanize } from "@/shared/format/text";
import { Loaded } from "@/shared/ui/Loaded";
import { Panel } from "@/shared/ui/Panel";
import { flatten } from "./flatten";
import { SettingRow } from "./SettingRow";
import { useSettings } from "./useSettings";

/** Thresholds, budget, retention and the rest: what is in force and where it came from. */
export function ConfigurationSection() {
  const query = useSettings();
  return (
    <Loaded query={query} skeleton={<div className="skeleton h-96" />}>
      {(document) => {
        const rows = flatten(document.settings);
        return [...new Set(rows.map((row) => row.section))].map((section) => (
          <Panel key={section} title={humanize(section)} className="mb-3">
            <dl>
              {rows.filter((row) => row.section === section).map((row) => (
                <SettingRow key={row.path} setting={row} origin={document.origins[row.path] ?? null} isWritable={document.writable.includes(row.path)} />
              ))}
            </dl>
          </Panel>
        ));
      }}
    </Loaded>
  );
}
