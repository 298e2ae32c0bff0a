import type { Attempt } from '../../../core/model/attempt.ts';
import type { Download } from '../../../core/model/download.ts';
import type { EpisodeId } from '../../../core/model/ids.ts';
import type { WorkerContext } from '../../context.ts';
import { answerMedia } from '../../downloads/serve-media.ts';
import { baseUrl } from '../bare-context.ts';
import type { Browser } from './browser.ts';
import type { Origin } from './origin.ts';
import { hexDigest } from './platform.ts';
import type { Rows } from './raw-storage.ts';
import { digestOf } from './version.ts';
import type { World } from './world.ts';

/** What must hold when nothing goes wrong any more and nothing is left to do (L1, I8, I10, S1, S2). */
export async function checkAtRest(
  world: World,
  browser: Browser,
  rows: Rows,
  origins: ReadonlyMap<EpisodeId, Origin>,
): Promise<void> {
  const referenced = new Set(rows.downloads.map(({ attemptId }) => attemptId));
  for (const { id } of rows.attempts) {
    if (!referenced.has(id)) world.violate(`I10: the attempt ${id} belongs to nobody (ghost)`);
  }
  for (const { attemptId } of rows.segments) {
    if (!rows.attempts.some(({ id }) => id === attemptId)) {
      world.violate(`I10: bytes of ${attemptId} belong to nobody (ghost)`);
    }
  }
  for (const download of rows.downloads) {
    const { episodeId, state, committedAttemptId } = download;
    checkEnd(world, download);
    if (state.kind !== 'committed') continue;
    const attempt = rows.attempts.find(({ id }) => id === committedAttemptId);
    const origin = origins.get(episodeId);
    if (attempt && origin) await checkStored(world, attempt, rows);
    if (attempt && origin) await checkPlaying(world, browser, attempt, origin);
  }
  if (browser.background.live.length > 0)
    world.violate('L1: a Background Fetch fetches for nobody');
}

/** L1: done, or given up with a reason, or standing still because the user said so. */
function checkEnd(world: World, { episodeId, state }: Download): void {
  const isEnd =
    state.kind === 'committed' ||
    state.kind === 'evicted' ||
    (state.kind === 'failed' && state.failure.code.length > 0) ||
    (state.kind === 'paused' && state.reason === 'user');
  if (!isEnd) world.violate(`${episodeId}: L1: still ${JSON.stringify(state)} (stuck)`);
}

/** I1: the bytes themselves are what the journal says. */
async function checkStored(world: World, attempt: Attempt, { segments }: Rows): Promise<void> {
  for (const { offsetBytes, sha256 } of attempt.journal) {
    const segment = segments.find(
      (one) => one.attemptId === attempt.id && one.offsetBytes === offsetBytes,
    );
    const bytes = segment && new Uint8Array(await segment.blob.arrayBuffer());
    if (!bytes || hexDigest(bytes) !== sha256) {
      world.violate(`${attempt.episodeId}: I1: other bytes at ${offsetBytes} (corrupt)`);
    }
  }
}

/** S1, S2: two ranges that make the whole play as the file; the answers are of one version. */
function checkPlaying(
  world: World,
  browser: Browser,
  attempt: Attempt,
  origin: Origin,
): Promise<void> {
  return browser.handle((context) => playInTwo(world, context, attempt, origin));
}

async function playInTwo(
  world: World,
  context: WorkerContext,
  { episodeId, totalBytes = 0 }: Attempt,
  { versions }: Origin,
): Promise<void> {
  const cut = world.dice.between(1, totalBytes - 1);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const tags = new Set<string | null>();
  for (const range of [`bytes=0-${cut - 1}`, `bytes=${cut}-`]) {
    const request = new Request(new URL(`media/${episodeId}`, baseUrl), { headers: { range } });
    const response = await answerMedia(request, episodeId, context);
    if (response.status !== 206)
      return world.violate(`${episodeId}: S1: ${response.status} to ${range}`);
    tags.add(response.headers.get('etag'));
    parts.push(new Uint8Array(await response.arrayBuffer()));
  }
  if (tags.size !== 1) world.violate(`${episodeId}: S2: two validators for one attempt`);
  const played = hexDigest(new Uint8Array(await new Blob(parts).arrayBuffer()));
  const isTrue = versions.some(
    (version) =>
      version.content.byteLength === totalBytes && digestOf(version, 0, totalBytes) === played,
  );
  if (!isTrue) world.violate(`${episodeId}: S1: what plays is not what the host had (corrupt)`);
}
