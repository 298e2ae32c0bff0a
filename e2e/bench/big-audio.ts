import { type Body, noise } from '../support/audio-body.ts';

/** Longer than the browser's and the kernel's buffers, and no multiple of a segment. */
const PERIOD_BYTES = 8 * 1024 * 1024 + 4099;
/** More than anybody reads at once. */
const LONGEST_READ_BYTES = 1024 * 1024;

let period: Buffer | undefined;

/**
 * Noise of any length that costs its host nothing: the same few megabytes again and again, handed
 * out without being copied. The host runs on the machine that is measured.
 */
export function bigAudio(options: { sizeBytes: number; seed: number }): Body {
  const { sizeBytes, seed } = options;
  const lengthBytes = PERIOD_BYTES + LONGEST_READ_BYTES;
  period ??= noise({ sizeBytes: lengthBytes, seed: 0 }).read(0, lengthBytes);
  const bytes = period;
  const start = noise({ sizeBytes, seed });
  return {
    contentType: 'audio/mpeg',
    sizeBytes,
    tag: `big-${seed}-${sizeBytes}`,
    read(offsetBytes, lengthBytes) {
      if (offsetBytes === 0) return start.read(0, lengthBytes);
      const from = (offsetBytes + seed * 1_000_003) % PERIOD_BYTES;
      return bytes.subarray(from, from + Math.min(lengthBytes, sizeBytes - offsetBytes));
    },
  };
}
