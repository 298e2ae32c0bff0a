import { MAX_URL_LENGTH } from '../core/api/feed-request.ts';
import { copiesOf } from '../core/model/enclosure-copy.ts';
import type { ParsedFeed } from '../core/model/parsed-feed.ts';
import type { GatewayContext } from './context.ts';
import { type RelayKind, readToken, signToken } from './guard/tokens.ts';

const TOKEN_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** The largest feed must not cost a million signatures; the newest episodes stand first. */
const MAX_TOKENS_PER_FEED = 20_000;

/**
 * A token for every address of a feed that the app may want to have relayed: one that is exchanged
 * before it is used. It is the same at each reading, so that a feed that says the same is the same.
 */
export async function signFeedTokens(
  context: GatewayContext,
  feed: ParsedFeed,
): Promise<[url: string, token: string][]> {
  const kinds = new Map<string, RelayKind>();
  const want = (url: string | undefined, kind: RelayKind) => {
    if (url === undefined || url.length > MAX_URL_LENGTH || kinds.has(url)) return;
    if (kinds.size < MAX_TOKENS_PER_FEED) kinds.set(url, kind);
  };
  want(feed.imageUrl, 'image');
  for (const episode of feed.episodes) {
    for (const { url } of copiesOf(episode)) want(url, 'audio');
    want(episode.imageUrl, 'image');
    want(episode.chaptersUrl, 'chapters');
    for (const { url } of episode.transcripts) want(url, 'transcript');
  }
  const pairs = Array.from(kinds, async ([url, kind]): Promise<[string, string]> => {
    return [url, await signToken(context.tokenKey, { url, kind, expiresAt: 0 })];
  });
  return Promise.all(pairs);
}

/** A fresh token for one that this gateway signed once, however long ago; `null` for a forged one. */
export async function exchangeToken(
  context: GatewayContext,
  token: string,
): Promise<string | null> {
  const grant = await readToken(context.tokenKey, token);
  if (grant === undefined) return null;
  const expiresAt = context.now() + TOKEN_LIFETIME_MS;
  return signToken(context.tokenKey, { ...grant, expiresAt });
}
