/** What a feed of the test origin says. Paths are below the origin; times are ms since 1970. */
export interface FeedContent {
  title: string;
  description: string;
  imagePath: string;
  episodes: readonly {
    title: string;
    guid: string;
    publishedAt: number;
    durationS: number | undefined;
    /** HTML. */
    description: string;
    enclosure: { path: string; contentType: string; sizeBytes: number };
    imagePath: string | undefined;
    chaptersPath: string | undefined;
    transcriptPath: string | undefined;
    /** Subresource-integrity string of the enclosure's own file. */
    integrity: string | undefined;
    copies: readonly { path: string; contentType: string; sizeBytes: number; bitrate: number }[];
  }[];
}

/** RSS 2.0, with every address below `base`. */
export function feedXml(feed: FeedContent, base: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel>
<title>${escaped(feed.title)}</title>
<link>${base}/</link>
<description>${escaped(feed.description)}</description>
<language>en</language>
<itunes:image href="${base}${feed.imagePath}"/>
${feed.episodes.map((episode) => itemXml(episode, base)).join('\n')}
</channel>
</rss>
`;
}

function itemXml(episode: FeedContent['episodes'][number], base: string): string {
  const { path, contentType, sizeBytes } = episode.enclosure;
  const duration =
    episode.durationS === undefined
      ? ''
      : `<itunes:duration>${episode.durationS}</itunes:duration>\n`;
  return `<item>
<title>${escaped(episode.title)}</title>
<guid isPermaLink="false">${escaped(episode.guid)}</guid>
<pubDate>${new Date(episode.publishedAt).toUTCString()}</pubDate>
<description>${escaped(episode.description)}</description>
${duration}${companionsXml(episode, base)}${copiesXml(episode, base)}<enclosure url="${base}${path}" length="${sizeBytes}" type="${contentType}"/>
</item>`;
}

function companionsXml(
  { imagePath, chaptersPath, transcriptPath }: FeedContent['episodes'][number],
  base: string,
): string {
  const lines = [
    imagePath && `<itunes:image href="${base}${imagePath}"/>`,
    chaptersPath &&
      `<podcast:chapters url="${base}${chaptersPath}" type="application/json+chapters"/>`,
    transcriptPath && `<podcast:transcript url="${base}${transcriptPath}" type="text/vtt"/>`,
  ];
  return lines.map((line) => (line ? `${line}\n` : '')).join('');
}

/** `podcast:alternateEnclosure`, of the file itself and of its other forms. */
function copiesXml(
  { enclosure, integrity, copies }: FeedContent['episodes'][number],
  base: string,
): string {
  const same = integrity
    ? [
        `<podcast:alternateEnclosure type="${enclosure.contentType}" default="true"><podcast:source uri="${base}${enclosure.path}"/><podcast:integrity type="sri" value="${integrity}"/></podcast:alternateEnclosure>`,
      ]
    : [];
  const others = copies.map(
    ({ path, contentType, sizeBytes, bitrate }) =>
      `<podcast:alternateEnclosure type="${contentType}" length="${sizeBytes}" bitrate="${bitrate}"><podcast:source uri="${base}${path}"/></podcast:alternateEnclosure>`,
  );
  return [...same, ...others].map((line) => `${line}\n`).join('');
}

function escaped(text: string): string {
  return text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
