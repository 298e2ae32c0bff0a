const PIECE_LENGTH = 64 * 1024;

/**
 * A text as bytes, made as they are read: one that many are sent is in memory once. `onEnd` is called
 * when it has been read or nobody wants it any more, perhaps more than once. `client` is aborted when
 * the client goes: a stream whose client went before its first byte is not always cancelled.
 */
export function textStream(
  text: string,
  client: AbortSignal,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let at = 0;
  if (client.aborted) onEnd();
  client.addEventListener('abort', onEnd, { once: true });
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const end = at + PIECE_LENGTH;
        // The two halves of a character stay together.
        const piece = text.slice(at, isHighSurrogate(text.charCodeAt(end - 1)) ? end + 1 : end);
        at += piece.length;
        if (piece !== '') return controller.enqueue(encoder.encode(piece));
        controller.close();
        onEnd();
      },
      cancel: onEnd,
    },
    { highWaterMark: 0 },
  );
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
