import { INSPECTOR_FETCH_PREFIX } from '../../core/contract/inspection.ts';
import { aborted } from '../services/inspection/aborted.ts';
import type { Tools } from '../services/inspection/technique.ts';

export const title = 'Start a Background Fetch of 20 MB';
export const explanation =
  'The browser itself fetches, goes on with every tab closed, and wakes the worker at the end. Its bytes are thrown away.';
export const docs = 'background-fetch';

export function missing({ backgroundFetch }: ServiceWorkerRegistration): string | undefined {
  return backgroundFetch ? undefined : 'This browser has no Background Fetch.';
}

export async function run({ registration, follow, stop }: Tools): Promise<string> {
  // One megabyte of an episode, twenty times: the fragments keep the records apart.
  const requests = Array.from({ length: 20 }, (_, part) => {
    const audio = new URL(`sample/episode-${(part % 4) + 1}.mp3#${part}`, document.baseURI);
    return new Request(audio, { headers: { range: 'bytes=0-999999' } });
  });
  const fetching = await registration.backgroundFetch?.fetch(
    `${INSPECTOR_FETCH_PREFIX}${Date.now()}`,
    requests,
    { title: 'Twenty megabytes', downloadTotal: 20_000_000 },
  );
  if (!fetching) throw new Error('no Background Fetch here');
  follow(fetching);
  stop.addEventListener('abort', () => void fetching.abort());
  return ending(fetching);
}

async function ending(fetching: BackgroundFetchRegistration): Promise<string> {
  const settled = new AbortController();
  const look = () => {
    if (fetching.result !== '') settled.abort();
  };
  fetching.addEventListener('progress', look);
  look();
  await aborted(settled.signal);
  if (fetching.result === 'success') return `${fetching.downloaded / 1e6} MB have come.`;
  return `It has ended: ${fetching.failureReason}.`;
}
