/**
 * `true` the first time that it is asked on this device, for good. It goes together with the rest
 * when a browser clears its storage, and then everything is new again.
 */
export function tellOnce(what: string): boolean {
  const key = `stowaway:${new URL('.', document.baseURI).pathname}:told:${what}`;
  try {
    if (localStorage.getItem(key)) return false;
    localStorage.setItem(key, '1');
    return true;
  } catch {
    // No storage in this window, so nothing was kept that would be worth telling.
    return false;
  }
}
