import { RequestTimeoutError } from '../../core/messaging/errors.ts';
import type { Tools } from '../services/inspection/technique.ts';

export const title = 'Let the worker be silent for 5 s';
export const explanation =
  'The worker answers this one request late. The page waits for one second and no longer; all other requests go on.';
export const docs = 'timeouts';

export async function run({ link, stop }: Tools): Promise<string> {
  try {
    await link.send('inspector/hush', { forMs: 5_000 }, { timeoutMs: 1_000, signal: stop });
  } catch (error) {
    if (error instanceof RequestTimeoutError) return `${error.name}: ${error.message}.`;
    throw error;
  }
  return 'The worker has answered in time.';
}
