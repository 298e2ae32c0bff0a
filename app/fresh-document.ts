/**
 * Loads the document anew after an import failed: a document remembers that for good (the module
 * map of the HTML specification), so only a new one can fetch the same script again. Done only
 * where the worker can serve it, and once for each place: what is missing may stay missing.
 * @returns whether a new document is on its way
 */
export function loadAnew(): boolean {
  const key = `stowaway:${new URL('.', document.baseURI).pathname}:loaded-anew`;
  try {
    if (!navigator.serviceWorker?.controller) return false;
    if (sessionStorage.getItem(key) === location.href) return false;
    sessionStorage.setItem(key, location.href);
  } catch {
    // No storage in this window, so nothing would end the tries.
    return false;
  }
  location.reload();
  return true;
}
