import type { Tools } from '../services/inspection/technique.ts';

export const title = 'Register a sync';
export const explanation =
  'The browser wakes the worker with a sync event: at once while there is a network, else when it comes back, also with every tab closed.';
export const docs = 'background-sync';

export function missing({ sync }: ServiceWorkerRegistration): string | undefined {
  return sync ? undefined : 'This browser has no Background Sync.';
}

export async function run({ registration }: Tools): Promise<string> {
  await registration.sync?.register('inspector');
  return 'Registered. The browser sends the event when it is online.';
}
