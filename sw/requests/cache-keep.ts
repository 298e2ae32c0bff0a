import type { Params, Result } from '../../core/contract/requests.ts';
import { keepArtwork } from '../caching/artwork.ts';
import type { Call } from './index.ts';

/** Named by id only: the addresses are looked up in rows that the parser wrote. */
export async function keepArtworkOf(
  { artworkOf }: Params<'cache/keep'>,
  { context }: Call,
): Promise<Result<'cache/keep'>> {
  const kept = await Promise.all(artworkOf.map((id) => keepArtwork(context, id)));
  return { kept: kept.filter(Boolean).length };
}
