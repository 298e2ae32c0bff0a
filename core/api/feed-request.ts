import * as v from 'valibot';

/** Longer addresses are refused, and get no relay token. */
export const MAX_URL_LENGTH = 4096;

/** A value that may stand in a header as it is: printable ASCII, so nothing can be injected. */
export const headerValue = v.pipe(v.string(), v.regex(/^[\x20-\x7e]{1,1024}$/));

/** A feed's address, and the validators of what the asking side has of it. */
export const feedRequestSchema = v.strictObject({
  url: v.pipe(v.string(), v.maxLength(MAX_URL_LENGTH)),
  etag: v.optional(headerValue),
  lastModified: v.optional(headerValue),
});
export type FeedRequest = v.InferOutput<typeof feedRequestSchema>;
