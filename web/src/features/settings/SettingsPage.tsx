import { NavLink, useParams } from "react-router";
import { may, useSession } from "@/shared/session/session";
import { Notice } from "@/shared/ui/Notice";
import { AuditSection } from "./AuditSection";
import { ConfigurationSection } from "./ConfigurationSection";
import { KeysSection } from "./KeysSection";
import { PreferencesSection } from "./PreferencesSection";
import { sections } from "./sections";
import { SourcesSection } from "./SourcesSection";

const bodies: Record<string, () => React.ReactNode> = { preferences: PreferencesSection, thresholds: ConfigurationSection, sources: SourcesSection, keys: KeysSection, audit: AuditSection };

/** What can be set, and who may do what. */
export function SettingsPage() {
  const { section = "preferences" } = useParams();
  const session = useSession();
  const known = sections.find((one) => one.key === section);
  const Body = bodies[section];
  return (
    <div className="flex flex-col gap-3 pt-3 lg:flex-row lg:gap-6">
      <nav aria-label="Settings" className="shrink-0 lg:w-52">
        <ul className="flex flex-wrap gap-1 lg:flex-col lg:flex-nowrap">
          {sections.map((one) => (
            <li key={one.key}>
              <NavLink
                to={`/settings/${one.key}`}
                data-hint={may(session, one.needs) ? undefined : `Needs the role ${one.needs}.`}
                className={({ isActive }) => `flex h-9 items-center rounded-[7px] px-3 whitespace-nowrap ${isActive ? "tint-accent font-semibold text-accent" : "text-muted hover:bg-sunken hover:text-ink"}`}
              >
                {one.label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0 max-w-[1000px] flex-1 space-y-3">
        {!known || !Body ? (
          <Notice title="There is no such part of the settings" />
        ) : may(session, known.needs) ? (
          <Body />
        ) : (
          <div className="panel"><Notice title={`This needs the role ${known.needs}`}>Yours is {session.role}. Ask an administrator for another key: vedette keys create --role {known.needs}.</Notice></div>
        )}
      </div>
    </div>
  );
}
