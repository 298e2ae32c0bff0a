import { anAlternate } from '../../../core/storage/testing/rows.ts';
import { Device, episodeId } from '../../testing/device.ts';

/** 600,000 bytes are three segments. */
export const sizeBytes = 600_000;
export const url = 'https://podcast.example/episode.mp3';

export let device: Device;

export async function sri(bytes: Uint8Array<ArrayBuffer>, algorithm = 'SHA-384'): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest(algorithm, bytes));
  const name = algorithm.toLowerCase().replace('-', '');
  return `${name}-${btoa(String.fromCharCode(...digest))}`;
}

/** The feed promises the bytes that the host has now. */
export async function promise(integrity: string): Promise<void> {
  const db = await device.worker.database();
  const episode = await db.get('episodes', episodeId);
  if (!episode) throw new Error('no episode');
  const same = anAlternate({ integrity, isDefault: true, sources: [{ url, type: undefined }] });
  await db.put('episodes', { ...episode, alternateEnclosures: [same] });
}

/** Call before each test. */
export async function begin(): Promise<void> {
  device = await Device.create({ sizeBytes });
  await device.request();
}
