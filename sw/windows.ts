import type { WorkerContext } from './context.ts';

/** Every open window of this app, controlled or not; the one that was looked at last comes first. */
export async function windowsOf({
  clients,
  baseUrl,
}: WorkerContext): Promise<readonly WindowClient[]> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  // Other apps may live on the same origin, each under its own path.
  return windows.filter(({ url }) => url.startsWith(baseUrl.href));
}
