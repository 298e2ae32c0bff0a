import type { LiveMessage } from '../../core/api/live.ts';
import type { Carrier } from './hub.ts';

/** What a client that has lost its connection waits before it comes again. */
const RETRY_MS = 2_000;
/** A client that reads so slowly that more waits for it is cut off: it can resume by its last id. */
const MAX_WAITING_BYTES = 1024 * 1024;

/**
 * Server-sent events as a carrier: `open` connects it and returns what to call when the connection
 * has ended, however it ends. `client` is aborted when the client goes: a stream whose client went
 * before its first byte is never read, and not always cancelled. https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventStream(
  open: (carrier: Carrier) => (() => void) | undefined,
  client: AbortSignal,
): ReadableStream<Uint8Array> | undefined {
  const encoder = new TextEncoder();
  let isOpen = true;
  let onEnd: (() => void) | undefined;
  const leave = () => {
    isOpen = false;
    onEnd?.();
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = () => {
          if (!isOpen) return;
          controller.close();
          leave();
        };
        const write = (text: string) => {
          if (!isOpen) return;
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) < 0) end();
        };
        write(`retry: ${RETRY_MS}\n\n`);
        onEnd = open({ send: (message) => write(eventText(message)), close: end });
        // Ended by what it was sent first, before there was anything to call.
        if (!isOpen) onEnd?.();
      },
      cancel: leave,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_WAITING_BYTES }),
  );
  if (client.aborted) leave();
  client.addEventListener('abort', leave, { once: true });
  return onEnd && stream;
}

/** JSON has no line breaks of its own, so the data is one line. */
function eventText({ type, id, ...data }: LiveMessage): string {
  // A comment keeps proxies from closing a quiet connection, whatever they make of the rest.
  const comment = type === 'position' ? ': still here\n' : '';
  return `${comment}event: ${type}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}
