import type { Tools } from '../services/inspection/technique.ts';

export const title = 'Register a periodic sync';
export const explanation =
  'The browser wakes the worker about once a day, if the app is installed and used. How often is up to the browser.';
export const docs = 'periodic-background-sync';

export function missing({ periodicSync }: ServiceWorkerRegistration): string | undefined {
  return periodicSync ? undefined : 'This browser has no Periodic Background Sync.';
}

export async function run({ registration }: Tools): Promise<string> {
  const minInterval = 24 * 60 * 60 * 1000;
  try {
    await registration.periodicSync?.register('inspector', { minInterval });
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') throw error;
    return 'NotAllowedError: the browser allows it only to an app that is installed and used.';
  }
  return 'Registered: not more than once in 24 hours.';
}
