import type { Tools } from '../services/inspection/technique.ts';

export const title = 'Send what no contract knows';
export const explanation =
  'Any script of this origin can post anything. What is not an envelope is counted and dropped, without an answer.';
export const docs = 'hostile-messages';

export async function run({ registration }: Tools): Promise<string> {
  // Past the typed layer, the only place that does so.
  const { port2 } = new MessageChannel();
  registration.active?.postMessage({ type: 'podcast/unsubscribe', everything: true }, [port2]);
  return 'Posted. Nobody answers.';
}
