import { listDownloads } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { listKeptFiles } from '../../core/storage/kept-files.ts';
import { getPodcast } from '../../core/storage/podcasts.ts';
import type { KeptFile } from '../../core/storage/schema.ts';
import type { WorkerContext } from '../context.ts';
import { companionAddresses } from './companion-addresses.ts';

const BUDGET_BYTES = 50 * 1024 * 1024;
/** On a small device what is kept ahead stays small: the room is for episodes. */
const QUOTA_SHARE = 0.05;

/**
 * What has to go so that a file has room among those that are kept ahead of need: the ones that were
 * not used for the longest time. `undefined` where it can never fit. What downloaded episodes come
 * with is not counted and never goes: it was asked for.
 */
export async function filesToLetGo(
  context: WorkerContext,
  wanted: Pick<KeptFile, 'keptIn' | 'address' | 'sizeBytes'>,
): Promise<KeptFile[] | undefined> {
  const budgetBytes = await readBudget(context);
  const others = (await listKeptFiles(await context.database())).filter(
    (file) => !isSame(file, wanted),
  );
  if (sumOf(others) + wanted.sizeBytes <= budgetBytes) return [];
  const promised = await promisedAddresses(context);
  if (promised.has(wanted.address)) return [];
  if (wanted.sizeBytes > budgetBytes) return undefined;
  const ahead = others
    .filter(({ address }) => !promised.has(address))
    .sort((a, b) => a.usedAt - b.usedAt);
  let aheadBytes = sumOf(ahead);
  return ahead.filter(({ sizeBytes }) => {
    const goes = aheadBytes + wanted.sizeBytes > budgetBytes;
    if (goes) aheadBytes -= sizeBytes;
    return goes;
  });
}

async function readBudget({ quotaBytes }: WorkerContext): Promise<number> {
  const quota = await quotaBytes();
  return quota === undefined ? BUDGET_BYTES : Math.min(BUDGET_BYTES, quota * QUOTA_SHARE);
}

/** Everything that is shown of an episode that is downloaded, or about to be. */
async function promisedAddresses(context: WorkerContext): Promise<Set<string>> {
  const db = await context.database();
  const promised = new Set<string>();
  for (const { episodeId, state } of await listDownloads(db)) {
    if (state.kind === 'absent' || state.kind === 'deleting') continue;
    const episode = await getEpisode(db, episodeId);
    if (!episode) continue;
    const podcast = await getPodcast(db, episode.podcastId);
    const images = [episode.imageUrl, podcast?.imageUrl].filter((url) => url !== undefined);
    for (const address of [...images, ...companionAddresses(episode)]) promised.add(address);
  }
  return promised;
}

function isSame(
  a: Pick<KeptFile, 'keptIn' | 'address'>,
  b: Pick<KeptFile, 'keptIn' | 'address'>,
): boolean {
  return a.keptIn === b.keptIn && a.address === b.address;
}

function sumOf(files: readonly KeptFile[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
