import type { WSContext, WSEvents } from 'hono/ws';
import * as v from 'valibot';
import { liveHelloSchema, UNKNOWN_HANDLE_CODE } from '../../core/api/live.ts';
import type { Clock } from './clock.ts';
import type { LiveHub } from './hub.ts';

/** Far more than a page has to say. */
export const MAX_MESSAGE_BYTES = 64 * 1024;
const HELLO_WITHIN_MS = 10_000;

/** Codes that a browser shows the page: https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const POLICY_VIOLATION = 1008;
const TOO_BIG = 1009;
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

/**
 * A WebSocket as a carrier. The page says hello, once; anything else, and anything more, ends the
 * connection.
 *
 * @param options.begin called when it is open; returns what to call when it is over, or `undefined`
 *   where there is no room for it
 * @param options.isAllowed asked for each message
 */
export function socketEvents(options: {
  hub: LiveHub;
  clock: Clock;
  begin(): (() => void) | undefined;
  isAllowed(): boolean;
}): WSEvents {
  const { hub, clock, begin, isAllowed } = options;
  let onEnd: (() => void) | undefined;
  let disconnect: (() => void) | undefined;
  let cancelDeadline: () => void = () => undefined;
  let isOver = false;

  const finish = () => {
    if (isOver) return;
    isOver = true;
    cancelDeadline();
    disconnect?.();
    onEnd?.();
  };
  const refuse = (ws: WSContext, code: number, reason: string) => {
    // What else it sends until it has heard this is not looked at.
    finish();
    ws.close(code, reason);
  };

  return {
    onOpen(_event, ws) {
      onEnd = begin();
      if (!onEnd) return refuse(ws, TRY_AGAIN_LATER, 'too many connections');
      cancelDeadline = clock.after(HELLO_WITHIN_MS, () => refuse(ws, POLICY_VIOLATION, 'no hello'));
    },
    onMessage({ data }, ws) {
      if (isOver) return;
      if (!isAllowed()) return refuse(ws, POLICY_VIOLATION, 'too many messages');
      if (typeof data !== 'string') return refuse(ws, POLICY_VIOLATION, 'not text');
      if (data.length > MAX_MESSAGE_BYTES) return refuse(ws, TOO_BIG, 'too big');
      const hello = v.safeParse(liveHelloSchema, parseJson(data));
      if (!hello.success || disconnect) return refuse(ws, POLICY_VIOLATION, 'not understood');
      cancelDeadline();
      const { handle, lastEventId } = hello.output;
      disconnect = hub.connect(handle, lastEventId, {
        send: (message) => {
          if (!isOver) ws.send(JSON.stringify(message));
        },
        close: () => refuse(ws, GOING_AWAY, 'connected elsewhere'),
      });
      if (!disconnect) refuse(ws, UNKNOWN_HANDLE_CODE, 'unknown handle');
    },
    onClose: finish,
    // A close follows on every platform but not always soon.
    onError: finish,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
