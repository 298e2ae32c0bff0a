/** The elements that tell the kinds of feed apart. */
export const ROOTS = new Set(['rss', 'rdf:rdf', 'atom:feed']);

/** One of these is one episode. */
export const EPISODES = new Set(['item', 'atom:entry']);

/** Elements that hold elements. What we do not know in them is skipped, with all that it holds. */
export const CONTAINERS = new Set([
  ...ROOTS,
  ...EPISODES,
  'channel',
  'image',
  'itunes:owner',
  'atom:author',
  'media:group',
  'podcast:alternateenclosure',
  'psc:chapters',
]);

/** Text that is HTML: elements found in there belong to it. */
export const MARKUP = new Set([
  'description',
  'content:encoded',
  'itunes:summary',
  'atom:content',
  'atom:summary',
  'atom:subtitle',
]);

/** Elements of HTML that have no closing tag; HTML would read one as a second element. */
export const VOID_HTML = new Set(['br', 'hr', 'img', 'wbr']);

/** Elements that hold a line of text, or say all they have to say in attributes. */
export const LINES = new Set([
  'author',
  'enclosure',
  'guid',
  'language',
  'link',
  'pubdate',
  'title',
  'url',
  'atom:email',
  'atom:icon',
  'atom:id',
  'atom:link',
  'atom:logo',
  'atom:name',
  'atom:published',
  'atom:title',
  'atom:updated',
  'dc:creator',
  'dc:date',
  'dc:language',
  'itunes:author',
  'itunes:duration',
  'itunes:email',
  'itunes:episode',
  'itunes:episodetype',
  'itunes:explicit',
  'itunes:image',
  'itunes:name',
  'itunes:new-feed-url',
  'itunes:season',
  'itunes:title',
  'itunes:type',
  'media:content',
  'podcast:chapters',
  'podcast:episode',
  'podcast:funding',
  'podcast:guid',
  'podcast:image',
  'podcast:integrity',
  'podcast:person',
  'podcast:season',
  'podcast:source',
  'podcast:transcript',
  'psc:chapter',
]);
