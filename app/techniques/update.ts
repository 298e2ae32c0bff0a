import type { Tools } from '../services/inspection/technique.ts';

export const title = 'Look for a new version';
export const explanation =
  'The browser fetches sw.js and compares it byte by byte. A new version is installed, then waits for your word.';
export const docs = 'the-workers-life';

export async function run({ registration }: Tools): Promise<string> {
  await registration.update();
  if (registration.installing) return 'A new version is being installed.';
  return registration.waiting ? 'A new version waits.' : 'This is the newest version.';
}
