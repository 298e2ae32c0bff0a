declare const brand: unique symbol;

type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Names one subscribed podcast; derived from the feed's address, so subscribing twice is once. */
export type PodcastId = Branded<'PodcastId'>;

/** Names one episode; derived from the podcast and the item's guid, so a refresh keeps it. */
export type EpisodeId = Branded<'EpisodeId'>;

/** Names one attempt to bring an episode here. A new attempt never reuses an old one's bytes. */
export type AttemptId = Branded<'AttemptId'>;

const ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Whether an untrusted value has the shape of an id: 1 to 64 characters of base64url. Says nothing
 * about whether a row with that id exists.
 */
export function isId<Id extends PodcastId | EpisodeId | AttemptId>(value: unknown): value is Id {
  return typeof value === 'string' && ID_PATTERN.test(value);
}
