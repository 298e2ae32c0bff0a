import * as v from 'valibot';
import { MAX_FOUND } from '../../core/api/search.ts';
import type { Candidate, Directory } from './directory.ts';

/** A field of another type counts as missing: it costs one podcast a line, and not everybody the answer. */
const text = v.fallback(v.optional(v.string()), undefined);

const answerSchema = v.object({ results: v.array(v.unknown()) });

const podcastSchema = v.object({
  collectionName: text,
  artistName: text,
  feedUrl: text,
  artworkUrl600: text,
  artworkUrl100: text,
  trackCount: v.fallback(v.optional(v.number()), undefined),
});

/** The iTunes Search API: https://performance-partners.apple.com/search-api */
export function itunes(base: URL): Directory {
  return {
    name: 'iTunes',
    // "Approximately 20 calls per minute": these two never make more of any minute.
    requests: { burst: 5, perSecond: 0.25 },
    async question(query) {
      const url = new URL('search', base);
      url.search = new URLSearchParams({
        media: 'podcast',
        entity: 'podcast',
        limit: String(MAX_FOUND),
        term: query,
      }).toString();
      return { url, headers: {} };
    },
    read(answer) {
      const parsed = v.safeParse(answerSchema, answer);
      return parsed.success ? candidates(parsed.output.results) : undefined;
    },
  };
}

function* candidates(results: readonly unknown[]): Generator<Candidate> {
  for (const result of results) {
    const parsed = v.safeParse(podcastSchema, result);
    if (!parsed.success) continue;
    const { collectionName, artistName, feedUrl, artworkUrl600, artworkUrl100, trackCount } =
      parsed.output;
    yield {
      title: collectionName,
      author: artistName,
      feedUrl,
      imageUrl: artworkUrl600 ?? artworkUrl100,
      description: undefined,
      episodeCount: trackCount,
    };
  }
}
