import { noise } from '../noise.ts';
import { hexDigest } from './platform.ts';

const RETOUCHED_BYTES = 64;

/** One version of an enclosure, with its digests: what is true. */
export interface Version {
  content: Uint8Array<ArrayBuffer>;
  digests: Map<string, string>;
}

/** Making noise and digesting it is what most of the time would go into: done once for all worlds. */
const versions = new Map<string, Version>();

export function version(sizeBytes: number, seed: number): Version {
  const key = `${sizeBytes} ${seed}`;
  let found = versions.get(key);
  if (!found) {
    found = { content: noise(sizeBytes, seed), digests: new Map() };
    versions.set(key, found);
  }
  return found;
}

/** The same but for a few bytes here and there, none of them where segments meet. */
export function retouched({ content }: Version, seed: number): Version {
  const copy = content.slice();
  for (const place of [1, 3, 5, 7]) {
    copy.set(noise(RETOUCHED_BYTES, seed + place), Math.floor((copy.length * place) / 8));
  }
  return { content: copy, digests: new Map() };
}

export function digestOf(
  { content, digests }: Version,
  offsetBytes: number,
  lengthBytes: number,
): string {
  const key = `${offsetBytes} ${lengthBytes}`;
  let found = digests.get(key);
  if (!found) {
    found = hexDigest(content.subarray(offsetBytes, offsetBytes + lengthBytes));
    digests.set(key, found);
  }
  return found;
}
