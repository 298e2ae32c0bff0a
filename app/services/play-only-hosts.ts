import { secureAddress } from '../../core/feed/secure-address.ts';
import type { Episode } from '../../core/model/episode.ts';
import { isFresh } from '../../core/model/host-verdict.ts';
import type { Database } from '../../core/storage/database.ts';
import { listHosts } from '../../core/storage/hosts.ts';

/** The hosts whose audio can be played, but not kept, as far as that is known today. */
export async function readPlayOnlyHosts(db: Database): Promise<Set<string>> {
  const hosts = (await listHosts(db)).filter(
    (verdict) => verdict.way === 'play-only' && isFresh(verdict, Date.now()),
  );
  return new Set(hosts.map(({ host }) => host));
}

/** A gateway that relays it makes an episode of any host one that can be kept. */
export function isPlayOnly(
  { enclosure, relayTokens }: Pick<Episode, 'enclosure' | 'relayTokens'>,
  hosts: ReadonlySet<string>,
): boolean {
  if (hosts.size === 0 || !enclosure) return false;
  const isRelayed = relayTokens.some(([address]) => address === enclosure.url);
  return !isRelayed && hosts.has(new URL(secureAddress(enclosure.url)).host);
}
