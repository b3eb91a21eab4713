// Runs before the first paint, so that a chosen theme does not flash. The application takes over from here.
try {
  const theme = JSON.parse(localStorage.getItem("vedette.preferences") ?? "{}").theme;
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be refused or hold nonsense: then the system's theme stays.
}
