import { readPodcastAddress } from '../core/feed/address.ts';
import { href } from './router.ts';

/** More of a shared text is not looked at. */
const MOST_CHARACTERS = 10_000;
const MOST_WORDS = 200;
/** The scheme that the app registers for itself. */
const OWN_SCHEME = /^\s*(?:web\+podcast:(?:\/\/)?)+/i;
const NAMED_SCHEME = /^(?:https?|feed|pcast|podcast|itpc|web\+podcast):/i;
/** What stands around an address in a sentence. */
const AROUND = /^[<("'“‘[]+|[>)"'”’\].,;:!?]+$/g;

/**
 * Where the app is to go when it was opened from outside: with something that was shared with it,
 * with a `web+podcast:` link, or by a shortcut. A hash for the router; `undefined` where the address
 * says nothing. Whoever writes such an address is a stranger: what comes of it is a page of ours, at
 * most with a podcast's address filled in.
 */
export function destinationOf(launchedAt: string): string | undefined {
  const { searchParams, hash } = new URL(launchedAt);
  const link = searchParams.get('podcast');
  const shared = ['url', 'text', 'title'].map((name) => searchParams.get(name) ?? '');
  if (link === null && shared.every((text) => text === '')) return hash || undefined;
  const address = link === null ? addressAmong(shared) : readLink(link);
  return href(address === undefined ? { page: 'library' } : { page: 'library', address });
}

function readLink(link: string): string | undefined {
  return readPodcastAddress(link.replace(OWN_SCHEME, ''));
}

/** Apps put a link into any of the fields. One with a scheme is surely meant; others may be words. */
function addressAmong(texts: readonly string[]): string | undefined {
  const words = texts
    .flatMap((text) => text.slice(0, MOST_CHARACTERS).split(/\s+/, MOST_WORDS))
    .map((word) => word.replace(AROUND, ''))
    .filter((word) => word !== '');
  const named = words.filter((word) => NAMED_SCHEME.test(word));
  const likely = words.filter((word) => /^[^@:]+\.[^@:]+\/./.test(word));
  for (const word of [...named, ...likely]) {
    const address = readLink(word);
    if (address !== undefined) return address;
  }
  return undefined;
}
