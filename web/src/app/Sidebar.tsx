import { NavLink, useSearchParams } from "react-router";
import { useStatus } from "@/shared/api/useStatus";
import { Icon } from "@/shared/ui/Icon";
import { Logo } from "@/shared/ui/Logo";
import { pagePath } from "@/shared/ui/paths";
import { nav } from "./nav";
import { useOpenCount } from "./useOpenCount";

const phases = { warmup: "Warming up", training: "Training", ensemble: "All models active", waiting: "Waiting for traffic" };

/** The pages at the left; on narrower screens only their icons. */
export function Sidebar() {
  const [search] = useSearchParams();
  const open = useOpenCount().data ?? 0;
  const status = useStatus().data;
  return (
    <nav aria-label="Pages" className="sticky top-0 hidden h-dvh w-14 shrink-0 flex-col border-r border-line bg-surface md:flex xl:w-52">
      <div className="flex h-14 items-center justify-center gap-2.5 xl:justify-start xl:px-4">
        <Logo />
        <span className="hidden text-[15px] font-semibold tracking-tight xl:inline">Vedette</span>
      </div>
      <ul className="flex-1 space-y-0.5 px-2 pt-2">
        {nav.map((item) => (
          <li key={item.to}>
            <NavLink
              to={pagePath(item.to, search)}
              end={item.to === "/"}
              className={({ isActive }) => `relative flex h-9 items-center justify-center gap-3 rounded-[7px] xl:justify-start xl:px-3 ${isActive ? "tint-accent font-semibold text-accent" : "text-muted hover:bg-sunken hover:text-ink"}`}
            >
              <Icon name={item.icon} size={18} />
              <span className="sr-only flex-1 xl:not-sr-only">{item.label}</span>
              {item.to === "/incidents" && open > 0 && (
                <span className="tint-high absolute top-0.5 right-0.5 rounded-full px-1.5 text-[11px] leading-[17px] font-semibold text-high xl:static" data-hint="Incidents of high risk and above in the last 24 hours without a verdict.">
                  {open >= 100 ? "100+" : open}
                  <span className="sr-only"> of high risk, not judged</span>
                </span>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
      {status && (
        <div className="hidden border-t border-line px-4 py-3 text-[12px] text-muted xl:block">
          <div>{phases[status.phase] ?? status.phase}</div>
          <div className="text-faint">Version {status.version}</div>
        </div>
      )}
    </nav>
  );
}
