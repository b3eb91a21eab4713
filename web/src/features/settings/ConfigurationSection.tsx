import { humanize } from "@/shared/format/text";
import { Loaded } from "@/shared/ui/Loaded";
import { Panel } from "@/shared/ui/Panel";
import { flatten, type FlatSetting } from "./flatten";
import { SettingRow } from "./SettingRow";
import { useSettings } from "./useSettings";

/** Thresholds, budget, retention and the rest: what is in force and where it came from. */
export function ConfigurationSection() {
  const query = useSettings();
  return (
    <Loaded query={query} skeleton={<div className="skeleton h-96" />}>
      {(document) => {
        const rows = flatten(document.settings);
        const isWritable = (row: FlatSetting) => document.writable.includes(row.path);
        const list = (some: FlatSetting[], isNamedWhole: boolean) => (
          <dl>
            {some.map((row) => (
              <SettingRow key={row.path} setting={isNamedWhole ? { ...row, name: row.path } : row} origin={document.origins[row.path] ?? null} isWritable={isWritable(row)} />
            ))}
          </dl>
        );
        const fixed = rows.filter((row) => !isWritable(row));
        return (
          <>
            <Panel title="Thresholds, budget and retention" hint="What can be changed while the server runs; it takes effect within a minute." className="mb-3">
              {list(rows.filter(isWritable), true)}
            </Panel>
            <p className="mt-5 mb-2 text-[13px] text-muted">The rest is read at start, from vedette.json, the environment or the command line:</p>
            {[...new Set(fixed.map((row) => row.section))].map((section) => (
              <details key={section} className="panel mb-2 px-4">
                <summary className="cursor-pointer py-2.5 text-[13px] font-semibold">{humanize(section)} <span className="font-normal text-muted">{fixed.filter((row) => row.section === section).map((row) => row.name).join(", ")}</span></summary>
                {list(fixed.filter((row) => row.section === section), false)}
              </details>
            ))}
          </>
        );
      }}
    </Loaded>
  );
}
