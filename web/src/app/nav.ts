import type { IconName } from "@/shared/ui/Icon";

export interface NavItem {
  to: string;
  label: string;
  icon: IconName;
}

/** The pages, in the order of a night's questions: is something wrong, what, where, who; then digging; then tending. */
export const nav: readonly NavItem[] = [
  { to: "/", label: "Overview", icon: "overview" },
  { to: "/incidents", label: "Incidents", icon: "incidents" },
  { to: "/endpoints", label: "Endpoints", icon: "endpoints" },
  { to: "/callers", label: "Callers", icon: "callers" },
  { to: "/explore", label: "Explore", icon: "explore" },
  { to: "/ask", label: "Ask", icon: "ask" },
  { to: "/models", label: "Models", icon: "models" },
  { to: "/settings", label: "Settings", icon: "settings" },
];
