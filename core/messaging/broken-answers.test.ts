import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Envelope } from '../contract/envelope.ts';
import { PROTOCOL } from '../contract/version.ts';
import { RemoteError, WorkerGoneError } from './errors.ts';
import { request } from './request.ts';
import { type Handlers, serve } from './serve.ts';
import { openStream } from './stream.ts';

const open: (() => void)[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const close of open.splice(0)) close();
});

/** A worker of any kind: it gets the port, and does what it does. */
function target(onPort: (port: MessagePort) => void) {
  return {
    postMessage: (_message: unknown, [port]: Transferable[]) => {
      open.push(() => (port as MessagePort).close());
      onPort(port as MessagePort);
    },
  };
}

const patient = { timeoutMs: 10_000 };
const foreign = { protocol: PROTOCOL + 1, kind: 'result', answer: 'of another shape' };
const junk: [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['text', 'done'],
  ['a list', []],
  ['no kind', { protocol: PROTOCOL }],
  ['another kind', { protocol: PROTOCOL, kind: 'promise', result: {} }],
  ['a field too many', { protocol: PROTOCOL, kind: 'result', result: {}, more: 1 }],
  ['no life', { protocol: PROTOCOL, kind: 'accepted' }],
  ['an error that is none', { protocol: PROTOCOL, kind: 'error', code: 'toString', message: 'x' }],
];

describe('an answer that is not in the contract', () => {
  it.each(junk)('ends the request with a RemoteError: %s', async (_name, data) => {
    const answer = request(
      target((port) => port.postMessage(data)),
      'worker/claim',
      {},
      patient,
    );
    await expect(answer).rejects.toThrow(RemoteError);
    await expect(answer).rejects.toMatchObject({ code: 'unreadable-answer' });
  });

  it.each(junk)('ends the stream with a RemoteError: %s', async (_name, data) => {
    const onItem = vi.fn();
    const onEnd = vi.fn();
    const worker = target((port) => port.postMessage(data));
    open.push(openStream(worker, 'downloads/progress', {}, { onItem, onEnd }));
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
    expect(onEnd.mock.lastCall?.[0]).toMatchObject({ code: 'unreadable-answer' });
    expect(onItem).not.toHaveBeenCalled();
  });

  it('is of another version, where it says so, whatever else it says', async () => {
    const answer = request(
      target((port) => port.postMessage(foreign)),
      'worker/claim',
      {},
      patient,
    );
    await expect(answer).rejects.toMatchObject({ code: 'protocol-mismatch' });
  });

  it('is a RemoteError also where it could not be put together', async () => {
    const ports = watchChannels();
    const asked = request(
      target(() => undefined),
      'worker/claim',
      {},
      patient,
    );
    const onEnd = vi.fn();
    openStream(
      target(() => undefined),
      'downloads/progress',
      {},
      { onItem: vi.fn(), onEnd },
    );
    for (const port of ports) port.dispatchEvent(new Event('messageerror'));
    await expect(asked).rejects.toMatchObject({ code: 'unreadable-answer' });
    expect(onEnd.mock.lastCall?.[0]).toMatchObject({ code: 'unreadable-answer' });
  });

  it('changes nothing once the request is answered', async () => {
    const worker = target((port) => {
      port.postMessage({ protocol: PROTOCOL, kind: 'result', result: {} });
      port.postMessage(null);
      port.postMessage({ protocol: PROTOCOL, kind: 'error', code: 'bad-params', message: '' });
    });
    await expect(request(worker, 'worker/claim', {}, patient)).resolves.toEqual({});
  });
});

describe('a worker that says nothing', () => {
  const accepted = { protocol: PROTOCOL, kind: 'accepted', lifeId: 'life' };
  const options = { timeoutMs: 60_000, silenceMs: 3_000 };

  it('counts as gone after the time in which it must say anything', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answer = request(
      target(() => undefined),
      'worker/claim',
      {},
      options,
    );
    const outcome = expect(answer).rejects.toThrow(WorkerGoneError);
    vi.advanceTimersByTime(3_000);
    await outcome;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has all the time there is once it has said that it is at it', async () => {
    let port: MessagePort | undefined;
    const worker = target((given) => {
      port = given;
      given.postMessage(accepted);
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answer = request(worker, 'worker/claim', {}, options);
    await delivered();
    vi.advanceTimersByTime(50_000);
    port?.postMessage({ protocol: PROTOCOL, kind: 'result', result: {} });
    await expect(answer).resolves.toEqual({});
  });
});

/** Resolves when what was posted before has arrived: one more message, on a new channel. */
async function delivered(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage('');
    });
    port1.close();
  }
}

describe('a request that is given up', () => {
  it('tells its caller why, closes its port, and lets a late answer go by', async () => {
    const stop = new AbortController();
    let port: MessagePort | undefined;
    let closed: Promise<unknown> | undefined;
    const worker = target((given) => {
      port = given;
      closed = new Promise((resolve) => given.addEventListener('close', resolve));
      given.postMessage({ protocol: PROTOCOL, kind: 'accepted', lifeId: 'life' });
    });
    const signal = stop.signal;
    const answer = request(worker, 'worker/claim', {}, { ...patient, signal });
    stop.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    port?.postMessage({ protocol: PROTOCOL, kind: 'result', result: {} });
    await closed;
    await expect(answer).rejects.toThrow('enough');
  });

  it('is not given up by a signal that comes after the answer', async () => {
    const stop = new AbortController();
    const worker = target((port) =>
      port.postMessage({ protocol: PROTOCOL, kind: 'result', result: {} }),
    );
    const answer = request(worker, 'worker/claim', {}, { ...patient, signal: stop.signal });
    await expect(answer).resolves.toEqual({});
    stop.abort(new Error('too late'));
    await expect(answer).resolves.toEqual({});
  });
});

describe('a result that cannot be cloned', () => {
  it('is a bug that the asker hears of, and the worker as well', async () => {
    const onError = vi.fn();
    const worker = {
      postMessage: (message: unknown, [port]: Transferable[]) => {
        const claim = async () => ({ callback: () => undefined }) as never;
        void serve(message as Envelope, port as MessagePort, undefined, {
          handlers: { 'worker/claim': claim } as unknown as Handlers<undefined>,
          lifeId: 'life',
          onError,
        });
      },
    };
    const answer = request(worker, 'worker/claim', {}, patient);
    await expect(answer).rejects.toMatchObject({ code: 'handler-failed' });
    expect(onError).toHaveBeenCalledOnce();
  });
});

/** The page's ends of all channels that are made from now on. */
function watchChannels(): MessagePort[] {
  const ports: MessagePort[] = [];
  const Channel = MessageChannel;
  vi.stubGlobal(
    'MessageChannel',
    class extends Channel {
      constructor() {
        super();
        ports.push(this.port1);
      }
    },
  );
  open.push(() => vi.unstubAllGlobals());
  return ports;
}
