import { concat } from './guard/limits.ts';
import type { Watchdog } from './watchdog.ts';

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Reads on until there are at least `minBytes`, or the end. */
export async function readAhead(
  reader: Reader,
  watchdog: Watchdog,
  minBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  while (sizeBytes < minBytes) {
    const { value } = await watchdog.watch(reader.read());
    if (value === undefined) break;
    chunks.push(value);
    sizeBytes += value.byteLength;
  }
  return concat(chunks, sizeBytes);
}

/**
 * What was read ahead, then the rest, one chunk each time the client asks for one. Only waiting
 * for the origin is watched: a player with enough in its buffer may leave the stream alone. Fails
 * when the origin does, or past `limitBytes`: a client must see a broken answer, never a short one.
 */
export function passOn(
  ahead: Uint8Array,
  reader: Reader,
  watchdog: Watchdog,
  options: { limitBytes: number; onBytes(sizeBytes: number): void },
): ReadableStream<Uint8Array> {
  const { limitBytes, onBytes } = options;
  let waiting = ahead.byteLength > 0 ? ahead : undefined;
  let sizeBytes = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const chunk = waiting ?? (await watchdog.watch(reader.read())).value;
          waiting = undefined;
          if (chunk === undefined) {
            watchdog.end();
            controller.close();
            return;
          }
          sizeBytes += chunk.byteLength;
          if (sizeBytes > limitBytes) throw new Error(`larger than ${limitBytes} bytes`);
          onBytes(chunk.byteLength);
          controller.enqueue(chunk);
        } catch (error) {
          watchdog.end(error);
          throw error;
        }
      },
      cancel(reason) {
        watchdog.end(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
