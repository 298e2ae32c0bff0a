import * as v from 'valibot';
import type { Failure, FailureCode } from '../model/failure.ts';
import { schemaOf } from './schema-of.ts';

const bare = <const Code extends FailureCode>(code: Code) => v.object({ code: v.literal(code) });
const withStatus = <const Code extends FailureCode>(code: Code) =>
  v.object({ code: v.literal(code), status: v.number() });

export const failureSchema = schemaOf<Failure>()(
  v.variant('code', [
    bare('address-invalid'),
    bare('address-refused'),
    bare('offline'),
    bare('worker-missing'),
    bare('outdated'),
    bare('database-blocked'),
    bare('gateway-unreachable'),
    withStatus('gateway-refused'),
    withStatus('feed-not-found'),
    withStatus('feed-denied'),
    withStatus('feed-http-status'),
    bare('feed-unreachable'),
    bare('feed-timeout'),
    bare('feed-redirects'),
    v.object({ code: v.literal('feed-too-large'), limitBytes: v.number() }),
    bare('feed-not-a-feed'),
    bare('feed-broken'),
    bare('feed-without-audio'),
    bare('feed-needs-gateway'),
    bare('search-unavailable'),
    bare('search-needs-gateway'),
    bare('opml-not-a-list'),
    bare('opml-broken'),
    bare('opml-empty'),
    v.object({ code: v.literal('opml-too-large'), limitBytes: v.number() }),
    v.object({ code: v.literal('opml-too-many'), limitFeeds: v.number() }),
    bare('enclosure-missing'),
    withStatus('enclosure-not-found'),
    withStatus('enclosure-denied'),
    withStatus('enclosure-http-status'),
    bare('enclosure-unreachable'),
    bare('enclosure-refused'),
    bare('enclosure-not-audio'),
    bare('enclosure-changed'),
    bare('enclosure-integrity'),
    bare('play-only'),
    v.object({
      code: v.literal('no-space'),
      neededBytes: v.optional(v.number(), () => undefined),
    }),
    v.object({ code: v.literal('unexpected'), detail: v.string() }),
  ]),
);

/** The body of every answer of the gateway that is not a success. */
export const apiErrorSchema = v.object({ failure: failureSchema });
export type ApiError = v.InferOutput<typeof apiErrorSchema>;
