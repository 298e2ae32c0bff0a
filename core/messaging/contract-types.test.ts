import { describe, expectTypeOf, it } from 'vitest';
import type { Outcome } from '../model/failure.ts';
import type { EpisodeId, PodcastId } from '../model/ids.ts';
import { type RequestTarget, request } from './request.ts';
import type { Handlers } from './serve.ts';
import { openStream } from './stream.ts';

/*
 * What must not compile. `tsc -b` is the judge: an expected error that does not come is an error.
 * Nothing here runs.
 */

declare const target: RequestTarget;
declare const episodeId: EpisodeId;
declare const podcastId: PodcastId;

const options = { timeoutMs: 1 };
const subscriber = { onItem: () => undefined, onEnd: () => undefined };

describe('the contract, as the compiler sees it', () => {
  it('gives every request its own result', () => {
    const start = () => request(target, 'download/start', { episodeId }, options);
    expectTypeOf(start).returns.resolves.toEqualTypeOf<Outcome<Record<string, never>>>();
    const subscribe = () => request(target, 'podcast/subscribe', { address: '' }, options);
    expectTypeOf(subscribe).returns.resolves.toEqualTypeOf<Outcome<PodcastId>>();
  });

  it('refuses a name that is not in it', () => {
    // @ts-expect-error
    () => request(target, 'download/stop', { episodeId }, options);
    // @ts-expect-error
    () => openStream(target, 'downloads/rate', {}, subscriber);
  });

  it('refuses parameters that are missing, too many, or of another kind', () => {
    // @ts-expect-error
    () => request(target, 'download/start', {}, options);
    // @ts-expect-error
    () => request(target, 'download/start', { episodeId, url: '' }, options);
    // @ts-expect-error
    () => request(target, 'download/start', { episodeId: 'any text' }, options);
    // @ts-expect-error
    () => request(target, 'download/start', { episodeId: podcastId }, options);
    // @ts-expect-error
    () => request(target, 'worker/version', { episodeId }, options);
  });

  it('refuses a request without an end', () => {
    // @ts-expect-error
    () => request(target, 'worker/version', {}, {});
  });

  it('refuses to read a failure out of a result that may be a success', async () => {
    async () => {
      const answer = await request(target, 'download/start', { episodeId }, options);
      // @ts-expect-error
      answer.failure.code;
    };
  });

  it('refuses handlers with one missing, misspelt, or with other parameters or results', () => {
    ({ 'download/start': _left, ...others }: Handlers<undefined>) => {
      // @ts-expect-error
      others satisfies Handlers<undefined>;
    };
    (all: Handlers<undefined>) => {
      // @ts-expect-error
      ({ ...all, 'download/begin': all['worker/claim'] }) satisfies Handlers<undefined>;
      // @ts-expect-error
      ({ ...all, 'cache/keep': async () => ({}) }) satisfies Handlers<undefined>;
      // @ts-expect-error
      ({ ...all, 'download/start': all['podcast/refresh'] }) satisfies Handlers<undefined>;
    };
  });
});
