import type { AlternateEnclosure, ParsedEpisode } from './parsed-feed.ts';

/** One way to have an episode: its enclosure, or another form of it that the feed names. */
export interface EnclosureCopy {
  /** Names it among the copies of its episode, in messages; derived from the address. */
  id: string;
  url: string;
  type: string | undefined;
  /** What the feed claims. */
  sizeBytes: number | undefined;
  /** Bits per second. */
  bitrate: number | undefined;
  title: string | undefined;
  /** Subresource-integrity string. */
  integrity: string | undefined;
}

type Enclosures = Pick<ParsedEpisode, 'enclosure' | 'alternateEnclosures'>;

/** Every copy of an episode; the first one is its enclosure. Empty where it has none. */
export function copiesOf({ enclosure, alternateEnclosures }: Enclosures): EnclosureCopy[] {
  if (!enclosure) return [];
  const { url, type, sizeBytes } = enclosure;
  const same = alternateEnclosures.find((other) => isSame(enclosure, other));
  const { bitrate, title, integrity } = same ?? {};
  const copies: EnclosureCopy[] = [
    { id: copyId(url), url, type, sizeBytes, bitrate, title, integrity },
  ];
  for (const other of alternateEnclosures) {
    const source = other.sources[0];
    if (!source || isSame(enclosure, other) || copies.some((it) => it.url === source.url)) continue;
    copies.push({
      id: copyId(source.url),
      url: source.url,
      type: source.type ?? other.type,
      sizeBytes: other.sizeBytes,
      bitrate: other.bitrate,
      title: other.title,
      integrity: other.integrity,
    });
  }
  return copies;
}

/** The copy at `url`; the enclosure where none is asked for, or the feed names that one no more. */
export function copyAt(episode: Enclosures, url: string | undefined): EnclosureCopy | undefined {
  const copies = copiesOf(episode);
  return copies.find((copy) => copy.url === url) ?? copies[0];
}

/**
 * Whether a form is the enclosure's own file: it has its address, or the feed calls it the default,
 * and nothing that it says of both contradicts it
 * (https://podcasting2.org/docs/podcast-namespace/tags/alternate-enclosure).
 */
function isSame(enclosure: NonNullable<Enclosures['enclosure']>, other: AlternateEnclosure) {
  if (other.sources.some(({ url }) => url === enclosure.url)) return true;
  const agrees = (one: unknown, two: unknown) =>
    one === undefined || two === undefined || one === two;
  return (
    other.isDefault === true &&
    agrees(enclosure.type, other.type) &&
    agrees(enclosure.sizeBytes, other.sizeBytes)
  );
}

/** FNV-1a of 32 bits, in base 36. */
function copyId(url: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < url.length; index += 1) {
    hash = Math.imul(hash ^ url.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
