import type { Tools } from '../services/inspection/technique.ts';

export const title = 'Greet other tabs';
export const explanation =
  'A BroadcastChannel goes from tab to tab, past the worker. Open the Inspector in a second tab to see it arrive.';
export const docs = 'tab-to-tab';

export async function run({ tabs }: Tools): Promise<string> {
  tabs.postMessage({ kind: 'greeting' });
  return 'Said. Nobody confirms it: a BroadcastChannel knows no answers.';
}
