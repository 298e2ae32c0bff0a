import { readPodcastAddress } from '../../core/feed/address.ts';
import type { ImportedFeed } from '../../core/model/feed-import.ts';

/** The rows of a part of a list, whoever has read it: nothing but an address is taken for one. */
export function listedRows(
  feeds: readonly { address: string; title: string | null | undefined; usable: boolean }[],
  firstPosition: number,
): Pick<ImportedFeed, 'address' | 'title' | 'position' | 'state'>[] {
  return feeds.map(({ address, title, usable }, index) => {
    const read = usable ? readPodcastAddress(address) : undefined;
    return {
      address: read ?? address,
      title: title ?? undefined,
      position: firstPosition + index,
      state: read ? { kind: 'listed' } : { kind: 'failed', failure: { code: 'address-invalid' } },
    };
  });
}
