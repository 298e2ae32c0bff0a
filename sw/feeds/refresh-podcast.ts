import { failed, succeeded } from '../../core/model/failure.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import type { Podcast } from '../../core/model/podcast.ts';
import { changePodcast, getPodcast } from '../../core/storage/podcasts.ts';
import { changeSubscriptions } from '../../core/storage/subscriptions.ts';
import type { WorkerContext } from '../context.ts';
import type { Refusal } from '../outbox/delivery.ts';
import type { FeedAnswer } from './ask-for-feeds.ts';
import { type FetchOptions, fetchFeeds } from './fetch-feed.ts';
import { followUp } from './follow-up.ts';
import { storeFeed } from './store-feed.ts';

export type Refreshed = { ok: true; value: { changed: boolean } } | Refusal;

/**
 * Reads feeds again, those behind the gateway in one request. A failure is kept on its row beside
 * what was there, and loses nothing. That they were tried is a row before anything is asked for:
 * where a worker dies on one of them, others come first the next time. The caller tells the pages,
 * and decides about what has come.
 */
export async function refreshFeeds(
  context: WorkerContext,
  podcasts: readonly Podcast[],
  options?: FetchOptions,
): Promise<Map<PodcastId, Refreshed>> {
  const db = await context.database();
  const triedAt = context.now();
  const ids = podcasts.map(({ id }) => id);
  await changeSubscriptions(db, ids, (row) => ({ ...row, triedAt }));
  const requests = podcasts.map((podcast) => ({
    url: podcast.feedUrl,
    ...(podcast.etag && { etag: podcast.etag }),
    ...(podcast.lastModified && { lastModified: podcast.lastModified }),
  }));
  const podcastOf = new Map(requests.map((request, index) => [request, podcasts[index]]));
  const refreshed = new Map<PodcastId, Refreshed>();
  await fetchFeeds(
    context,
    requests,
    async (request, answer) => {
      const podcast = podcastOf.get(request);
      if (!podcast) return;
      // One that breaks in a way that nobody foresaw does not keep the others waiting.
      const outcome = await settle(context, podcast, answer).catch((error: unknown) => {
        context.report(error);
        return failed({ code: 'unexpected', detail: String(error) });
      });
      refreshed.set(podcast.id, outcome);
    },
    options,
  );
  const answeredAt = context.now();
  await changeSubscriptions(db, [...refreshed.keys()], (row) => ({ ...row, answeredAt }));
  return refreshed;
}

async function settle(
  context: WorkerContext,
  { id, addedAt }: Podcast,
  answer: FeedAnswer,
): Promise<Refreshed> {
  const outcome = await storeAnswer(context, { id, addedAt }, answer);
  await changePodcast(await context.database(), id, {
    refreshFailure: outcome.ok ? undefined : outcome.failure,
    ...(outcome.ok && { refreshedAt: context.now() }),
  });
  return outcome;
}

async function storeAnswer(
  context: WorkerContext,
  { id, addedAt }: Pick<Podcast, 'id' | 'addedAt'>,
  answer: FeedAnswer,
): Promise<Refreshed> {
  if (!answer.ok) return answer;
  if (answer.value === 'not-modified') return succeeded({ changed: false });
  return storeFeed(context, id, answer.value, addedAt, { onlyIfThere: true });
}

/** Reads one feed again, and does what follows from it. */
export async function refreshFeed(
  context: WorkerContext,
  podcastId: PodcastId,
  idempotencyKey?: string,
): Promise<Refreshed> {
  const podcast = await getPodcast(await context.database(), podcastId);
  const refreshed = podcast && (await refreshFeeds(context, [podcast], { idempotencyKey }));
  await followUp(context).catch(context.report);
  return refreshed?.get(podcastId) ?? failed({ code: 'unexpected', detail: 'no such podcast' });
}
