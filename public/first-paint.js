// Runs before the first paint, so that a chosen theme does not flash. The CSP allows no script in
// the document itself. The key is the one of app/services/theme.ts.
try {
  const path = new URL('.', document.baseURI).pathname;
  const theme = localStorage.getItem(`stowaway-theme:${path}`);
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing for us follows the device.
}
