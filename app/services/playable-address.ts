import { RELAY_PATH } from '../../core/api/paths.ts';
import type { Episode } from '../../core/model/episode.ts';

/**
 * Where an episode of which nothing is stored can be played from, best first: its own address,
 * which an `audio` element may use without CORS, then the gateway's.
 */
export function playableAddress({ enclosure, relayTokens }: Episode): string[] {
  if (!enclosure) return [];
  const token = relayTokens.find(([url]) => url === enclosure.url)?.[1];
  const relay = token ? [new URL(`${RELAY_PATH}${token}`, document.baseURI).href] : [];
  const url = new URL(enclosure.url);
  // Not loaded from a secure page; the gateway may.
  if (url.protocol === 'http:' && url.hostname !== 'localhost' && !url.hostname.startsWith('127.')) {
    url.protocol = 'https:';
  }
  return [url.href, ...relay];
}
