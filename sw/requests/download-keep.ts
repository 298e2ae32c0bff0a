import type { Params, Result } from '../../core/contract/requests.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { markDownloads } from '../../core/storage/download-marks.ts';
import type { Call } from './index.ts';

/** Marked: it never goes to make room. */
export function keepDownload(
  { episodeId }: Params<'download/keep'>,
  call: Call,
): Promise<Result<'download/keep'>> {
  return mark(episodeId, true, call);
}

/** It may go again, when the rules say so; not at once. */
export function unkeepDownload(
  { episodeId }: Params<'download/unkeep'>,
  call: Call,
): Promise<Result<'download/unkeep'>> {
  return mark(episodeId, false, call);
}

async function mark(
  episodeId: EpisodeId,
  keep: boolean,
  { context, waitUntil }: Call,
): Promise<Result<'download/keep'>> {
  await markDownloads(await context.database(), [episodeId], { keep });
  waitUntil(context.broadcast({ type: 'downloads/changed', episodeIds: [episodeId] }));
  return {};
}
