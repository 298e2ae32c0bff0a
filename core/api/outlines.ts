import * as v from 'valibot';
import { failureSchema } from './failure.ts';
import { MAX_URL_LENGTH } from './feed-request.ts';

/** `POST /api/outlines`: the podcasts of an OPML list at an address. */
export const outlinesRequestSchema = v.strictObject({
  url: v.pipe(v.string(), v.maxLength(MAX_URL_LENGTH)),
});

export const outlinesResponseSchema = v.variant('status', [
  v.object({
    status: v.literal('fetched'),
    feeds: v.array(
      v.object({
        address: v.string(),
        title: v.optional(v.string(), () => undefined),
        usable: v.boolean(),
      }),
    ),
  }),
  v.object({ status: v.literal('failed'), failure: failureSchema }),
]);
export type OutlinesResponse = v.InferOutput<typeof outlinesResponseSchema>;
