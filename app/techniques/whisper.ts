import type { Tools } from '../services/inspection/technique.ts';

export const title = 'Answer the sender alone';
export const explanation =
  'The worker calls event.source.postMessage(): only the page that asked hears it, beside its answer.';
export const docs = 'answering-the-sender-alone';

export async function run({ link, stop }: Tools): Promise<string> {
  await link.send('inspector/whisper', {}, { signal: stop });
  return 'Only this page has heard it.';
}
