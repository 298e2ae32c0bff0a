import * as v from 'valibot';
import type { FoundPodcast } from '../model/directory-search.ts';
import { MAX_URL_LENGTH } from './feed-request.ts';
import { schemaOf } from './schema-of.ts';

/*
 * `GET api/search?q=…`: podcasts that a directory knows. Whoever reads the answer holds it to the same
 * limits as whoever writes it.
 */

/** More than anybody looks through; a longer answer is cut by the gateway, and refused by the app. */
export const MAX_FOUND = 50;
export const MAX_TITLE_LENGTH = 300;
export const MAX_DESCRIPTION_LENGTH = 500;

/** JSON drops `undefined`: a default that is called gives the key back to the reading side. */
const maybe = <S extends v.GenericSchema>(schema: S) => v.optional(schema, () => undefined);

/** A relative address, `javascript:` and the like have no place in an answer. */
const address = v.pipe(v.string(), v.maxLength(MAX_URL_LENGTH), v.regex(/^https?:\/\//));
const line = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength));

const foundPodcastSchema = schemaOf<FoundPodcast>()(
  v.object({
    title: v.pipe(line(MAX_TITLE_LENGTH), v.minLength(1)),
    author: maybe(line(MAX_TITLE_LENGTH)),
    feedUrl: address,
    imageUrl: maybe(address),
    description: maybe(line(MAX_DESCRIPTION_LENGTH)),
    episodeCount: maybe(v.pipe(v.number(), v.integer(), v.minValue(0))),
  }),
);

export const searchResponseSchema = v.object({
  results: v.pipe(v.array(foundPodcastSchema), v.maxLength(MAX_FOUND)),
});
export type SearchResponse = v.InferOutput<typeof searchResponseSchema>;
