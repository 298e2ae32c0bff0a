import { answerArtwork } from '../caching/artwork.ts';
import { answerFromShell, shellKey } from '../caching/shell.ts';
import type { WorkerContext } from '../context.ts';
import { answerMedia } from '../downloads/serve-media.ts';

/** Answers what is ours: audio, artwork, the shell. Everything else goes its way untouched. */
export function onFetch(event: FetchEvent, context: WorkerContext): void {
  const { request } = event;
  const media = idBehind('media/', request.url, context.baseUrl);
  const artwork = idBehind('artwork/', request.url, context.baseUrl);
  const key = shellKey(request, context.baseUrl);
  if (media) event.respondWith(answerMedia(request, media, context));
  else if (artwork) event.respondWith(answerArtwork(artwork, context, event));
  else if (key) event.respondWith(answerFromShell(request, key));
}

function idBehind(prefix: string, address: string, baseUrl: URL): string | undefined {
  const start = new URL(prefix, baseUrl).href;
  if (!address.startsWith(start)) return undefined;
  const id = new URL(address).pathname.slice(new URL(start).pathname.length);
  return id === '' ? undefined : id;
}
