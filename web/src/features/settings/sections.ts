/** Parts of the settings; `needs` is the least role that may see one. */
export const sections = [
  { key: "preferences", label: "Preferences", needs: "viewer" },
  { key: "thresholds", label: "Configuration", needs: "admin" },
  { key: "sources", label: "Sources and storage", needs: "viewer" },
  { key: "keys", label: "Keys", needs: "admin" },
  { key: "audit", label: "Audit", needs: "admin" },
] as const;
