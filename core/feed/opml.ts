import sax from 'sax';
import type { Failure } from '../model/failure.ts';
import { readPodcastAddress } from './address.ts';
import { escapeHtml, singleLine } from './plain-text.ts';
import { repairXml } from './xml-repair.ts';

/** One podcast of a list. */
export interface ListedFeed {
  /** As `readPodcastAddress` gives it; where that makes nothing of it, as it stands, cut to be shown. */
  address: string;
  title: string | undefined;
  /** Whether it is an address. */
  usable: boolean;
}

type OpmlFailure = Extract<Failure, { code: `opml-${string}` }>;

/** Why a text could not be read as a list of podcasts. The message is for developers. */
export class OpmlError extends Error {
  override readonly name = 'OpmlError';
  readonly failure: OpmlFailure;

  constructor(failure: OpmlFailure, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.failure = failure;
  }
}

/** A list of this many bytes has some 20,000 podcasts: room for long titles, not for attacks. */
export const OPML_LIMIT_BYTES = 5 * 1024 * 1024;
/** Nobody follows more; whoever lists more is not a person. */
export const MOST_LISTED_FEEDS = 5_000;
const MAX_DEPTH = 100;
const MAX_ATTRIBUTES = 100;
const MAX_TITLE_LENGTH = 200;
/** Of an address that is none. */
const SHOWN_LENGTH = 100;
/** sax looks after each piece whether a name or an attribute has grown beyond measure (64 KiB). */
const PIECE_LENGTH = 16 * 1024;

/**
 * Reads the podcasts of an OPML list, in its order and each once: every `outline` with an `xmlUrl`,
 * however that is written and however deep it stands. Takes lists as they are, as `parseFeed` takes
 * feeds. Throws an `OpmlError` for what is no list, has no podcasts, ends in the middle, or is beyond
 * the limits: a list is taken as a whole or not at all.
 * http://opml.org/spec2.opml
 */
export function parseOpml(xml: string): ListedFeed[] {
  const reading = readOpml(xml);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
  }
}

/** The same a piece at a time, for those who must not hold up a main thread. */
export function* readOpml(xml: string): Generator<undefined, ListedFeed[]> {
  if (xml.length > OPML_LIMIT_BYTES) {
    throw new OpmlError(
      { code: 'opml-too-large', limitBytes: OPML_LIMIT_BYTES },
      `It has ${xml.length} characters`,
    );
  }
  const list = new OutlineList();
  const parser = sax.parser(false, { lowercase: true, noscript: true, strictEntities: true });
  parser.onopentag = ({ name, attributes }) => list.open(name, attributes);
  parser.onclosetag = () => list.close();
  parser.onattribute = () => list.countAttribute();
  parser.onerror = (cause) => {
    throw new OpmlError({ code: 'opml-broken' }, 'A name or an attribute is too long', { cause });
  };
  // Written in pieces of one size: small ones cost sax more than they hold.
  let pending = '';
  for (const part of repairXml(xml)) {
    pending += part;
    while (pending.length >= PIECE_LENGTH) {
      parser.write(pending.slice(0, PIECE_LENGTH));
      pending = pending.slice(PIECE_LENGTH);
      yield;
    }
  }
  parser.write(pending);
  return list.finish();
}

/** Collects the podcasts of a list from the events of a parser, within limits. */
class OutlineList {
  private readonly feeds = new Map<string, ListedFeed>();
  private root: string | undefined;
  private depth = 0;
  private attributes = 0;

  countAttribute(): void {
    this.attributes += 1;
    if (this.attributes > MAX_ATTRIBUTES) {
      throw new OpmlError({ code: 'opml-broken' }, 'An element has too many attributes');
    }
  }

  open(prefixedName: string, attributes: Record<string, string>): void {
    this.attributes = 0;
    const name = prefixedName.slice(prefixedName.indexOf(':') + 1);
    this.root ??= name;
    if (this.root !== 'opml') {
      throw new OpmlError({ code: 'opml-not-a-list' }, `Its root is <${name.slice(0, 100)}>`);
    }
    this.depth += 1;
    if (this.depth > MAX_DEPTH) {
      throw new OpmlError({ code: 'opml-broken' }, 'Its elements are nested too deeply');
    }
    if (name === 'outline') this.add(attributes);
  }

  close(): void {
    this.depth -= 1;
  }

  finish(): ListedFeed[] {
    if (!this.root) throw new OpmlError({ code: 'opml-not-a-list' }, 'It has no XML element');
    if (this.depth > 0) throw new OpmlError({ code: 'opml-broken' }, 'It ends before its root');
    if (this.feeds.size === 0) throw new OpmlError({ code: 'opml-empty' }, 'It has no outline');
    return [...this.feeds.values()];
  }

  private add({ xmlurl, text, title }: Record<string, string>): void {
    const given = xmlurl?.trim();
    if (!given) return;
    const read = readPodcastAddress(given);
    const address = read ?? singleLine(given, SHOWN_LENGTH) ?? '?';
    if (this.feeds.has(address)) return;
    if (this.feeds.size >= MOST_LISTED_FEEDS) {
      throw new OpmlError(
        { code: 'opml-too-many', limitFeeds: MOST_LISTED_FEEDS },
        'It lists too many podcasts',
      );
    }
    const name = singleLine(text, MAX_TITLE_LENGTH) ?? singleLine(title, MAX_TITLE_LENGTH);
    this.feeds.set(address, { address, title: name, usable: read !== undefined });
  }
}

/** Writes a list that other podcast apps read. `createdAt`: ms since 1970. */
export function writeOpml(
  podcasts: readonly { title: string; feedUrl: string; link: string | undefined }[],
  createdAt: number,
): string {
  const outlines = podcasts.map(({ title, feedUrl, link }) => {
    const site = link === undefined ? '' : ` htmlUrl="${attribute(link)}"`;
    const name = attribute(title);
    return `    <outline type="rss" text="${name}" title="${name}" xmlUrl="${attribute(feedUrl)}"${site}/>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Podcasts in Stowaway</title>
    <dateCreated>${new Date(createdAt).toUTCString()}</dateCreated>
  </head>
  <body>
${outlines.join('')}  </body>
</opml>
`;
}

/** Without what no XML document may hold; one line, as an attribute is read again. */
function attribute(text: string): string {
  return escapeHtml(text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ''));
}
