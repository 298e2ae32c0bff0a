import type { AlternateEnclosure, Enclosure } from '../model/parsed-feed.ts';
import { parseDecimal, parseSizeBytes } from './numbers.ts';
import { eachOf, type XmlElement } from './xml-element.ts';

const MEDIA_TYPE = /^(?:audio|video)\/|^application\/ogg\b/i;
/** Types that a server gives to what it does not know. */
const ANY_TYPE = /^(?:application|binary)\/(?:octet-stream|x-unknown|force-download)\b/i;
const MEDIA_EXTENSION =
  /\.(?:mp3|m4a|m4b|m4v|mp4|aac|ogg|oga|opus|flac|wav|webm|mov|mpga)(?:[?#]|$)/i;

/**
 * The audio or video of an episode: the first enclosure that is some, else the first that does not
 * say what it is. Pictures and documents are none. Where the feed has no enclosure, Media RSS may
 * have one.
 */
export function chooseEnclosure(episode: XmlElement): Enclosure | undefined {
  const links = episode.all('atom:link').filter((link) => link.attribute('rel') === 'enclosure');
  const enclosures = [
    ...eachOf(episode.all('enclosure'), (element) => readEnclosure(element, 'url', 'length')),
    ...eachOf(links, (element) => readEnclosure(element, 'href', 'length')),
  ];
  const media = episode.all('media:group').flatMap((group) => group.all('media:content'));
  const fallbacks = eachOf([...episode.all('media:content'), ...media], readMediaContent);
  return enclosures.find(isMedia) ?? enclosures.find(isUnknown) ?? fallbacks.find(isMedia);
}

function readEnclosure(element: XmlElement, address: string, size: string): Enclosure | undefined {
  const url = element.addressIn(address);
  if (!url) return undefined;
  const type = element.attribute('type');
  return { url, type, sizeBytes: parseSizeBytes(element.attribute(size)) };
}

function readMediaContent(element: XmlElement): Enclosure | undefined {
  return readEnclosure(element, 'url', 'filesize');
}

function isMedia({ type, url }: Enclosure): boolean {
  return MEDIA_TYPE.test(type ?? '') || MEDIA_EXTENSION.test(url);
}

function isUnknown({ type }: Enclosure): boolean {
  // A type without a slash (`mp3`) is none.
  return !type?.includes('/') || ANY_TYPE.test(type);
}

/** The other forms of an episode, each with at least one source that can be fetched. */
export function readAlternateEnclosures(episode: XmlElement): AlternateEnclosure[] {
  return eachOf(episode.all('podcast:alternateenclosure'), (element) => {
    const sources = eachOf(element.all('podcast:source'), (source) => {
      const url = source.addressIn('uri');
      return url ? { url, type: source.attribute('contenttype') } : undefined;
    });
    if (sources.length === 0) return undefined;
    return {
      type: element.attribute('type'),
      sizeBytes: parseSizeBytes(element.attribute('length')),
      bitrate: parseDecimal(element.attribute('bitrate')),
      title: element.attribute('title'),
      isDefault: readFlag(element.attribute('default')),
      integrity: readIntegrity(element),
      sources,
    };
  });
}

/** The other type of integrity, a PGP signature, is not that of any one of the sources. */
function readIntegrity(element: XmlElement): string | undefined {
  const integrity = element.all('podcast:integrity');
  return integrity.find((one) => one.attribute('type') === 'sri')?.attribute('value');
}

function readFlag(text: string | undefined): boolean | undefined {
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
}
