import * as v from 'valibot';

export const MAX_TOKENS_PER_REQUEST = 256;
/** An address of `MAX_URL_LENGTH` in JSON and base64url, with room to spare. */
export const MAX_TOKEN_LENGTH = 8192;

/** `POST /api/relay-tokens`: tokens of feeds, or expired ones, for such as are good for a day. */
export const relayTokensRequestSchema = v.strictObject({
  tokens: v.pipe(
    v.array(v.pipe(v.string(), v.maxLength(MAX_TOKEN_LENGTH))),
    v.minLength(1),
    v.maxLength(MAX_TOKENS_PER_REQUEST),
  ),
});

/** In the same order; `null` where the token was not signed by this gateway. */
export const relayTokensResponseSchema = v.object({ tokens: v.array(v.nullable(v.string())) });
export type RelayTokensResponse = v.InferOutput<typeof relayTokensResponseSchema>;
