import { isLifeOver } from '../../core/messaging/life.ts';
import { failed } from '../../core/model/failure.ts';
import {
  afterTry,
  deliverable,
  type Mutation,
  type OutboxEntry,
  waitingHeads,
} from '../../core/model/outbox.ts';
import type { OutboxRun } from '../../core/model/wake-up.ts';
import { endTry, leaseEntry, listOutbox, type TryEnding } from '../../core/storage/outbox.ts';
import { getPodcast } from '../../core/storage/podcasts.ts';
import type { WorkerContext } from '../context.ts';
import { fillPodcast } from '../feeds/fill-podcast.ts';
import { refreshFeed } from '../feeds/refresh-podcast.ts';
import { answerLater } from '../searches/answer-later.ts';
import type { Delivery } from './delivery.ts';

/** How many entities at once: one whose host hangs does not hold up the others. */
const AT_ONCE = 3;

/**
 * How each kind of mutation is done. Doing it again after a crash in the middle of it does the same
 * once more, and the server hears the same key.
 */
const senders: {
  [Kind in Mutation['kind']]: (
    context: WorkerContext,
    mutation: Extract<Mutation, { kind: Kind }>,
    entry: OutboxEntry,
  ) => Promise<Delivery>;
} = {
  subscribe: (context, { podcastId }, { idempotencyKey }) =>
    fillPodcast(context, podcastId, idempotencyKey),
  refresh: refreshSince,
  // Asking twice is asking once: the gateway has the answer by then.
  search: (context, { query }) => answerLater(context, query),
};

/**
 * Delivers what waits in the outbox, each entry once in a run, and begins none after `until` (ms since
 * 1970). An entry leaves its row when it is done, and never before.
 */
export async function deliverOutbox(context: WorkerContext, until: number): Promise<OutboxRun> {
  const db = await context.database();
  const tried = new Set<number>();
  let sent = 0;
  let refused = 0;
  const lane = async () => {
    while (context.isOnline() && context.now() <= until) {
      const entries = await listOutbox(db);
      // Asked after the rows were read: a life that began meanwhile has none of them.
      const isFree = await isLifeOver(context.locks, context.lifeId);
      const entry = deliverable(entries, context.now(), isFree).find(
        ({ sequence }) => !tried.has(sequence),
      );
      if (!entry) return;
      tried.add(entry.sequence);
      const leased = await leaseEntry(db, entry, context.lifeId);
      const ending = leased && (await deliver(context, leased));
      if (ending === 'done') sent += 1;
      else if (ending?.state === 'refused') refused += 1;
    }
  };
  // Where one lane fails, the run lasts until the others have ended: the next would send theirs again.
  const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  return { sent, refused, left: waitingHeads(await listOutbox(db)).length };
}

/** Resolves with what became of the entry. */
async function deliver(context: WorkerContext, entry: OutboxEntry): Promise<TryEnding> {
  const outcome = await send(context, entry).catch((error: unknown): Delivery => {
    context.report(error);
    return failed({ code: 'unexpected', detail: String(error) });
  });
  const ending: TryEnding = outcome.ok
    ? 'done'
    : afterTry(entry, outcome.failure, {
        now: context.now(),
        random: context.random(),
        isOnline: context.isOnline(),
        retryAfterMs: outcome.retryAfterMs,
      });
  await endTry(await context.database(), entry, ending);
  await context.broadcast({ type: 'outbox/changed' });
  return ending;
}

function send(context: WorkerContext, entry: OutboxEntry): Promise<Delivery> {
  const { mutation } = entry;
  return senders[mutation.kind](context, mutation as never, entry);
}

/**
 * Refreshes a podcast that nobody has refreshed since it was asked for. The gateway would take the
 * other validators that it has by then, under a key that it knows, for another request.
 */
async function refreshSince(
  context: WorkerContext,
  { podcastId }: Extract<Mutation, { kind: 'refresh' }>,
  { acceptedAt, idempotencyKey }: OutboxEntry,
): Promise<Delivery> {
  const podcast = await getPodcast(await context.database(), podcastId);
  // One that is gone was unsubscribed meanwhile.
  if (!podcast || podcast.refreshedAt > acceptedAt) return { ok: true };
  return refreshFeed(context, podcastId, idempotencyKey);
}
