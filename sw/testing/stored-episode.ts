import type { Attempt, JournalEntry } from '../../core/model/attempt.ts';
import type { Download } from '../../core/model/download.ts';
import { getAttempt } from '../../core/storage/attempts.ts';
import { getDownload } from '../../core/storage/downloads.ts';
import { getSegment } from '../../core/storage/segments.ts';
import { isComplete } from '../downloads/plan.ts';
import { type Device, episodeId } from './device.ts';
import { sha256 } from './noise.ts';

/** The row of the episode, as it is now. */
export async function downloadOf(device: Device): Promise<Download | undefined> {
  return getDownload(await device.worker.database(), episodeId);
}

/** The attempt that the episode's row points at. */
export async function attemptOf(device: Device): Promise<Attempt> {
  const id = (await downloadOf(device))?.attemptId;
  const attempt = id && (await getAttempt(await device.worker.database(), id));
  if (!attempt) throw new Error('the download has no attempt');
  return attempt;
}

/**
 * The digest of everything that a committed episode would play. Rejects with what is wrong when it
 * is not committed, or not all there, or not what the journal says (I1).
 */
async function committedDigest(device: Device): Promise<string> {
  const download = await downloadOf(device);
  if (download?.state.kind !== 'committed') {
    throw new Error(`not committed: ${JSON.stringify(download)}`);
  }
  const id = download.committedAttemptId;
  const attempt = id && (await getAttempt(await device.worker.database(), id));
  if (!attempt || !isComplete(attempt)) throw new Error('committed, and not complete');
  const blobs = await Promise.all(
    attempt.journal.map((entry) => readEntry(device, attempt, entry)),
  );
  return sha256(await new Blob(blobs).arrayBuffer());
}

/** Rejects unless the episode is downloaded, and byte for byte what the host has. */
export async function expectTheEpisode(device: Device): Promise<void> {
  if ((await committedDigest(device)) !== (await sha256(device.host.content))) {
    throw new Error('committed, and not what the host has');
  }
}

/** The bytes behind a journal entry; rejects when they are not what it says. */
export async function readEntry(
  device: Device,
  { id }: Attempt,
  { offsetBytes, lengthBytes, sha256: expected }: JournalEntry,
): Promise<Blob> {
  const segment = await getSegment(await device.worker.database(), id, offsetBytes);
  if (segment?.blob.size !== lengthBytes) throw new Error(`no segment at ${offsetBytes}`);
  const digest = await sha256(await segment.blob.arrayBuffer());
  if (digest !== expected) throw new Error(`another digest at ${offsetBytes}`);
  return segment.blob;
}
