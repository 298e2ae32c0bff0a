import type { Answered } from '../caching/answered.ts';
import { answerArtwork } from '../caching/artwork.ts';
import { answerFromShell, shellKey } from '../caching/shell.ts';
import type { WorkerContext } from '../context.ts';
import { answerMedia } from '../downloads/serve-media.ts';
import { inSight } from './work.ts';

/** Answers what is ours: audio, artwork, the shell. Everything else goes its way untouched. */
export function onFetch(event: FetchEvent, context: WorkerContext): void {
  const { request } = event;
  const media = idBehind('media/', request.url, context.baseUrl);
  const artwork = idBehind('artwork/', request.url, context.baseUrl);
  const key = shellKey(request, context.baseUrl);
  if (media) respond(event, context, 'media', fromSegments(answerMedia(request, media, context)));
  else if (artwork)
    respond(
      event,
      context,
      'artwork',
      answerArtwork(artwork, context, event, foundBy(request.url)),
    );
  else if (key) respond(event, context, 'shell', answerFromShell(request, key, context));
}

function respond(
  event: FetchEvent,
  context: WorkerContext,
  route: 'media' | 'artwork' | 'shell',
  answer: Promise<Answered>,
): void {
  const { request } = event;
  const seen = inSight(event, answer, context, {
    payload: { route, url: request.url, mode: request.mode, range: request.headers.get('range') },
    outcomeOf: ({ response, from }) => `${response.status} from ${from}`,
  });
  event.respondWith(seen.then(({ response }) => response));
}

async function fromSegments(answer: Promise<Response>): Promise<Answered> {
  const response = await answer;
  return { response, from: response.ok ? 'segments' : 'nowhere' };
}

/** What was searched for, where the picture is one of the results. */
function foundBy(address: string): string | null {
  return new URL(address).searchParams.get('found');
}

function idBehind(prefix: string, address: string, baseUrl: URL): string | undefined {
  const start = new URL(prefix, baseUrl).href;
  if (!address.startsWith(start)) return undefined;
  const id = new URL(address).pathname.slice(new URL(start).pathname.length);
  return id === '' ? undefined : id;
}
