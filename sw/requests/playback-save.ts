import type { Params, Result } from '../../core/contract/requests.ts';
import { putPlayback } from '../../core/storage/playback.ts';
import type { Call } from './index.ts';

export async function savePlayback(
  { episodeId, positionS }: Params<'playback/save'>,
  { context }: Call,
): Promise<Result<'playback/save'>> {
  const savedAt = context.now();
  await putPlayback(await context.database(), { episodeId, positionS, savedAt });
  return {};
}
