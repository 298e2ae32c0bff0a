import * as v from 'valibot';
import { MAX_FOUND } from '../../core/api/search.ts';
import type { Candidate, Directory } from './directory.ts';

export interface PodcastIndexKey {
  key: string;
  secret: string;
}

const text = v.fallback(v.optional(v.string()), undefined);

const answerSchema = v.object({ feeds: v.array(v.unknown()) });

const podcastSchema = v.object({
  title: text,
  author: text,
  url: text,
  artwork: text,
  image: text,
  description: text,
  episodeCount: v.fallback(v.optional(v.number()), undefined),
  dead: v.fallback(v.optional(v.number()), undefined),
});

/** Podcast Index: https://podcastindex-org.github.io/docs-api/#get-/search/byterm */
export function podcastIndex(base: URL, { key, secret }: PodcastIndexKey): Directory {
  return {
    name: 'Podcast Index',
    requests: { burst: 10, perSecond: 1 },
    async question(query, now) {
      const url = new URL('api/1.0/search/byterm', base);
      url.search = new URLSearchParams({ q: query, max: String(MAX_FOUND) }).toString();
      const date = String(Math.floor(now / 1000));
      return {
        url,
        headers: {
          'X-Auth-Key': key,
          'X-Auth-Date': date,
          Authorization: await sha1Hex(key + secret + date),
        },
      };
    },
    read(answer) {
      const parsed = v.safeParse(answerSchema, answer);
      return parsed.success ? candidates(parsed.output.feeds) : undefined;
    },
  };
}

function* candidates(feeds: readonly unknown[]): Generator<Candidate> {
  for (const feed of feeds) {
    const parsed = v.safeParse(podcastSchema, feed);
    if (!parsed.success || parsed.output.dead) continue;
    const { title, author, url, artwork, image, description, episodeCount } = parsed.output;
    const imageUrl = artwork || image;
    yield { title, author, feedUrl: url, imageUrl, description, episodeCount };
  }
}

/** Their choice of a digest, not ours. */
async function sha1Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  const bytes = [...new Uint8Array(digest)];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
