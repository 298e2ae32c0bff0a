/** Whether this page should hold a connection open: seen, online, and not where bytes cost money. */
function mayConnect(): boolean {
  return !document.hidden && navigator.onLine && !isMetered();
}

/**
 * Waits until this page may connect; calls `onPaused` where it has to wait. The signal it resolves
 * with is aborted as soon as the page may not any more.
 */
export async function whenConnectable(onPaused: () => void): Promise<AbortSignal> {
  if (!mayConnect()) {
    onPaused();
    await new Promise<void>((resolve) => whenever(mayConnect, resolve));
  }
  const connectable = new AbortController();
  whenever(
    () => !mayConnect(),
    () => connectable.abort(),
  );
  return connectable.signal;
}

/** Calls back once, when something has changed and the condition holds. */
function whenever(condition: () => boolean, callback: () => void): void {
  const watching = new AbortController();
  const look = () => {
    if (!condition()) return;
    watching.abort();
    callback();
  };
  const { signal } = watching;
  document.addEventListener('visibilitychange', look, { signal });
  addEventListener('online', look, { signal });
  addEventListener('offline', look, { signal });
  networkInformation()?.addEventListener('change', look, { signal });
}

/** Only Chromium tells, and of the kind of connection only on phones. */
function isMetered(): boolean {
  const network = networkInformation();
  if (!network) return false;
  return ('saveData' in network && network.saveData === true) || isCellular(network);
}

function isCellular(network: EventTarget): boolean {
  return 'type' in network && network.type === 'cellular';
}

/** https://wicg.github.io/netinfo/ */
function networkInformation(): EventTarget | undefined {
  const network: unknown = 'connection' in navigator ? navigator.connection : undefined;
  return network instanceof EventTarget ? network : undefined;
}
