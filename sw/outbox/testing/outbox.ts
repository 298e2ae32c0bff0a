import type { PodcastId } from '../../../core/model/ids.ts';
import type { OutboxEntry } from '../../../core/model/outbox.ts';
import type { Database } from '../../../core/storage/database.ts';
import { listOutbox } from '../../../core/storage/outbox.ts';
import { subscribeToPodcast } from '../../requests/podcast-subscribe.ts';
import { Device } from '../../testing/device.ts';
import { FeedGateway } from '../../testing/feed-gateway.ts';
import { wakeOutbox } from '../wake.ts';

export const ADDRESS = 'https://new.example/feed.xml';
export const there = 'podcast' as PodcastId;

export let device: Device;
export let gateway: FeedGateway;
export let db: Database;

/** Call before each test. */
export async function begin(): Promise<void> {
  device = await Device.create();
  gateway = new FeedGateway(device);
  device.startWorker(() => gateway.context);
  device.isOnline = false;
  db = await device.worker.database();
}

export const deliver = async () => {
  const { left } = await wakeOutbox(device.worker, device.now + 20_000);
  return left > 0 ? 'left' : 'done';
};
export const outbox = () => listOutbox(db);

export async function subscribe(address = ADDRESS): Promise<PodcastId> {
  const outcome = await device.command(subscribeToPodcast, { address });
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return outcome.value;
}

export async function theEntry(): Promise<OutboxEntry> {
  const [entry] = await outbox();
  if (!entry) throw new Error('the outbox is empty');
  return entry;
}
