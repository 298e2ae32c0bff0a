import { hex } from '../downloads/store-segment.ts';
import { seededRandom } from './seeded-random.ts';

/**
 * Bytes that look like an MP3 to whoever reads the first of them, and of which no two parts are
 * alike: one out of place shows in the digest. The same seed gives the same bytes.
 */
export function noise(sizeBytes: number, seed: number): Uint8Array<ArrayBuffer> {
  const random = seededRandom(seed);
  const words = new Uint32Array(Math.ceil(sizeBytes / 4));
  for (let index = 0; index < words.length; index += 1) words[index] = random() * 2 ** 32;
  const bytes = new Uint8Array(words.buffer, 0, sizeBytes);
  bytes.set([0xff, 0xfb, 0x90, 0x44, 0x00].slice(0, sizeBytes));
  return bytes;
}

/** Lower-case hex. */
export async function sha256(bytes: BufferSource): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
