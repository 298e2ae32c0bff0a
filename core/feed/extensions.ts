import type { Chapter, ParsedEpisode, ParsedFeed, Person } from '../model/parsed-feed.ts';
import { inOrder } from './chapters.ts';
import { parseDuration, parseTimecode } from './durations.ts';
import { chooseEnclosure, readAlternateEnclosures } from './enclosures.ts';
import { parseDecimal, parseExplicit, parseWholeNumber } from './numbers.ts';
import { singleLine } from './plain-text.ts';
import { eachOf, firstOf, type XmlElement } from './xml-element.ts';

/*
 * What podcasts add to a feed, in RSS and Atom alike: the iTunes and podcast namespaces, Podlove's
 * chapters, and enclosures.
 */

type FeedExtensions = Pick<
  ParsedFeed,
  'ownerName' | 'ownerEmail' | 'explicit' | 'kind' | 'guid' | 'newFeedUrl' | 'funding' | 'persons'
>;

export function readFeedExtensions(channel: XmlElement): FeedExtensions {
  const owner = channel.first('itunes:owner');
  return {
    ownerName: owner?.line('itunes:name'),
    ownerEmail: owner?.line('itunes:email'),
    explicit: parseExplicit(channel.line('itunes:explicit')),
    kind: oneOf(['episodic', 'serial'], channel.line('itunes:type')),
    guid: channel.line('podcast:guid'),
    newFeedUrl: channel.first('itunes:new-feed-url')?.address(),
    funding: eachOf(channel.all('podcast:funding'), (funding) => {
      const url = funding.addressIn('url');
      return url ? { url, title: singleLine(funding.text) } : undefined;
    }),
    persons: readPersons(channel),
  };
}

type EpisodeExtensions = Omit<
  ParsedEpisode,
  'guid' | 'title' | 'link' | 'description' | 'publishedAt'
>;

export function readEpisodeExtensions(episode: XmlElement): EpisodeExtensions {
  return {
    durationS: parseDuration(episode.line('itunes:duration')),
    explicit: parseExplicit(episode.line('itunes:explicit')),
    season:
      parseWholeNumber(episode.line('podcast:season')) ??
      parseWholeNumber(episode.line('itunes:season')),
    episode:
      parseDecimal(episode.line('podcast:episode')) ?? parseDecimal(episode.line('itunes:episode')),
    kind: oneOf(['full', 'trailer', 'bonus'], episode.line('itunes:episodetype')),
    imageUrl: readArtwork(episode),
    enclosure: chooseEnclosure(episode),
    alternateEnclosures: readAlternateEnclosures(episode),
    chaptersUrl: firstOf(episode.all('podcast:chapters'), (chapters) => chapters.addressIn('url')),
    chapters: readSimpleChapters(episode),
    transcripts: eachOf(episode.all('podcast:transcript'), (transcript) => {
      const url = transcript.addressIn('url');
      const type = transcript.attribute('type');
      return url ? { url, type, language: transcript.attribute('language') } : undefined;
    }),
    persons: readPersons(episode),
  };
}

/** The square picture, of a podcast or an episode. */
export function readArtwork(element: XmlElement): string | undefined {
  const pictures = element.all('podcast:image').filter((picture) => {
    const purposes = picture
      .attribute('purpose')
      ?.toLowerCase()
      .split(/[\s,]+/);
    return purposes?.includes('artwork');
  });
  return (
    // Some feeds write the address as text, as RSS does.
    firstOf(element.all('itunes:image'), (image) => image.addressIn('href') ?? image.address()) ??
    firstOf(pictures, (picture) => picture.addressIn('href'))
  );
}

function readPersons(element: XmlElement): Person[] {
  return eachOf(element.all('podcast:person'), (person) => {
    const name = singleLine(person.text);
    if (!name) return undefined;
    return {
      name,
      role: person.attribute('role'),
      group: person.attribute('group'),
      url: person.addressIn('href'),
      imageUrl: person.addressIn('img'),
    };
  });
}

/** https://podlove.org/simple-chapters/ */
function readSimpleChapters(episode: XmlElement): Chapter[] {
  const chapters = episode.all('psc:chapters').flatMap((list) => list.all('psc:chapter'));
  return inOrder(
    eachOf(chapters, (chapter) => {
      const startS = parseTimecode(chapter.attribute('start'));
      if (startS === undefined) return undefined;
      return {
        startS,
        title: chapter.attribute('title'),
        url: chapter.addressIn('href'),
        imageUrl: chapter.addressIn('image'),
      };
    }),
  );
}

function oneOf<const Word extends string>(
  words: readonly Word[],
  text: string | undefined,
): Word | undefined {
  const lower = text?.toLowerCase();
  return words.find((word) => word === lower);
}
