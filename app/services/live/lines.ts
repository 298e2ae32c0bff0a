import type { LiveHello } from '../../../core/api/live.ts';
import { LIVE_EVENTS_PATH, LIVE_PATH } from '../../../core/api/paths.ts';

/** One connection to the gateway, by one of two carriers. Resolves when it has ended. */
export type Line = (options: {
  hello: LiveHello;
  /** Ends it. */
  signal: AbortSignal;
  /** The hello has been said. */
  onHello(): void;
  /** What arrived, not checked yet, and the event that brought it. */
  onMessage(message: unknown, event: MessageEvent): void;
  /** It broke, and is about to mend itself. */
  onBreak(): void;
}) => Promise<void>;

/** The one that can speak both ways. Where a proxy or a policy forbids it, it ends at once. */
export const byWebSocket: Line = ({ hello, signal, onHello, onMessage }) => {
  const url = new URL(LIVE_PATH, document.baseURI);
  url.protocol = url.protocol.replace('http', 'ws');
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    let socket: WebSocket;
    try {
      socket = new WebSocket(url);
    } catch {
      return resolve();
    }
    socket.addEventListener('open', () => {
      socket.send(JSON.stringify(hello));
      onHello();
    });
    socket.addEventListener('message', (event) => onMessage(parseJson(event.data), event));
    // An error is always followed by a close.
    socket.addEventListener('close', () => resolve());
    signal.addEventListener('abort', () => {
      socket.close();
      // Not waited for: where the network is gone, the closing handshake takes a minute.
      resolve();
    });
  });
};

/**
 * Plain HTTP, which passes everywhere. An EventSource mends itself and then says in a header how
 * far it got; it cannot set one at the start, so there the query says it.
 */
export const byServerSentEvents: Line = ({ hello, signal, onHello, onMessage, onBreak }) => {
  const url = new URL(LIVE_EVENTS_PATH, document.baseURI);
  url.searchParams.set('handle', hello.handle);
  if (hello.lastEventId) url.searchParams.set('last-event-id', hello.lastEventId);
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const source = new EventSource(url);
    onHello();
    const end = () => {
      source.close();
      resolve();
    };
    for (const type of ['feed-changed', 'look-again', 'position']) {
      source.addEventListener(type, (event: MessageEvent<unknown>) => {
        const data = parseJson(event.data);
        const message = data instanceof Object && { ...data, type, id: event.lastEventId };
        onMessage(message, event);
      });
    }
    source.addEventListener('error', () => {
      // Closed by a status that is not 200: the handle is not known, or there is no room.
      if (source.readyState === EventSource.CLOSED) end();
      else onBreak();
    });
    signal.addEventListener('abort', end);
  });
};

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
