import { useState } from "react";
import { NavLink, useSearchParams } from "react-router";
import { Dialog } from "@/shared/ui/Dialog";
import { Icon } from "@/shared/ui/Icon";
import { pagePath } from "@/shared/ui/paths";
import { nav } from "./nav";

const shown = 4;
const cell = "flex flex-1 flex-col items-center justify-center gap-0.5 text-[11px]";

/** The pages at the bottom of a phone; the less used ones behind "More". */
export function BottomNav() {
  const [search] = useSearchParams();
  const [isOpen, setOpen] = useState(false);
  return (
    <nav aria-label="Pages" className="fixed inset-x-0 bottom-0 z-30 flex h-14 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden">
      {nav.slice(0, shown).map((item) => (
        <NavLink key={item.to} to={pagePath(item.to, search)} end={item.to === "/"} className={({ isActive }) => `${cell} ${isActive ? "font-semibold text-accent" : "text-muted"}`}>
          <Icon name={item.icon} size={19} />
          {item.label}
        </NavLink>
      ))}
      <button type="button" className={`${cell} text-muted`} onClick={() => setOpen(true)}>
        <Icon name="more" size={19} />
        More
      </button>
      {isOpen && (
        <Dialog title="More pages" onClose={() => setOpen(false)}>
          <ul>
            {nav.slice(shown).map((item) => (
              <li key={item.to}>
                <NavLink to={pagePath(item.to, search)} onClick={() => setOpen(false)} className="flex h-11 items-center gap-3">
                  <Icon name={item.icon} size={18} className="text-muted" />
                  {item.label}
                </NavLink>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </nav>
  );
}
