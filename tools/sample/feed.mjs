/** The podcast's feed. Every address is relative to it, so that it works on any host and sub-path. */
export function feedXml(podcast, episodes) {
  const newestFirst = episodes.toSorted((a, b) => b.publishedAt.localeCompare(a.publishedAt));
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"
  xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  xmlns:podcast="https://podcastindex.org/namespace/1.0">
  <channel>
    <title>${escaped(podcast.title)}</title>
    <link>../</link>
    <atom:link href="feed.xml" rel="self" type="application/rss+xml"/>
    <description>${escaped(podcast.description)}</description>
    <language>en</language>
    <pubDate>${httpDate(newestFirst[0].publishedAt)}</pubDate>
    <image>
      <url>cover.jpg</url>
      <title>${escaped(podcast.title)}</title>
      <link>../</link>
    </image>
    <itunes:author>${escaped(podcast.author)}</itunes:author>
    <itunes:subtitle>${escaped(podcast.subtitle)}</itunes:subtitle>
    <itunes:image href="cover.jpg"/>
    <itunes:category text="Technology"/>
    <itunes:explicit>false</itunes:explicit>
    <itunes:type>episodic</itunes:type>
    <podcast:guid>${podcast.guid}</podcast:guid>
    <podcast:medium>podcast</podcast:medium>
${persons(podcast, '    ')}
${newestFirst.map((episode) => item(podcast, episode)).join('\n')}
  </channel>
</rss>
`;
}

function item(podcast, episode) {
  const { file } = episode;
  return `    <item>
      <title>${escaped(episode.title)}</title>
      <guid isPermaLink="false">stowaway-below-deck-${episode.number}</guid>
      <pubDate>${httpDate(episode.publishedAt)}</pubDate>
      <description>${escaped(episode.summary)}</description>
      <content:encoded><![CDATA[${episode.notesHtml.trim()}]]></content:encoded>
      <enclosure url="${file}.mp3" length="${episode.sizeBytes}" type="audio/mpeg"/>
      <itunes:title>${escaped(episode.title)}</itunes:title>
      <itunes:duration>${Math.round(episode.durationS)}</itunes:duration>
      <itunes:episode>${episode.number}</itunes:episode>
      <itunes:episodeType>full</itunes:episodeType>
      <itunes:explicit>false</itunes:explicit>
      <itunes:image href="${file}.jpg"/>
      <podcast:chapters url="${file}.chapters.json" type="application/json+chapters"/>
      <podcast:transcript url="${file}.vtt" type="text/vtt" language="en"/>
${persons(podcast, '      ')}
    </item>`;
}

function persons({ persons: names }, indent) {
  const host = (name) => `${indent}<podcast:person role="host">${escaped(name)}</podcast:person>`;
  return names.map(host).join('\n');
}

/** @returns {string} chapters in the podcast namespace's JSON format, version 1.2.0 */
export function chaptersJson(podcast, title, chapters) {
  const document = {
    version: '1.2.0',
    podcastName: podcast.title,
    title,
    chapters: chapters.map(({ startS, title }) => ({ startTime: rounded(startS), title })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** @returns {string} a WebVTT transcript, one cue for each sentence, spoken by a named voice */
export function transcriptVtt(cues) {
  const blocks = cues.map(
    ({ startS, endS, speaker, text }) =>
      `${timestamp(startS)} --> ${timestamp(endS)}\n<v ${speaker}>${escaped(text)}`,
  );
  return `WEBVTT\n\n${blocks.join('\n\n')}\n`;
}

function timestamp(timeS) {
  return new Date(Math.round(timeS * 1000)).toISOString().slice(11, -1);
}

function rounded(timeS) {
  return Math.round(timeS * 1000) / 1000;
}

function httpDate(iso) {
  return new Date(iso).toUTCString();
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
