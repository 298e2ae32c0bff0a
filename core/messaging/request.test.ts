import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Envelope } from '../contract/envelope.ts';
import type { RequestType } from '../contract/requests.ts';
import { PROTOCOL } from '../contract/version.ts';
import { DatabaseBlockedError } from '../model/database-blocked.ts';
import type { EpisodeId } from '../model/ids.ts';
import { RemoteError, RequestTimeoutError } from './errors.ts';
import { request } from './request.ts';
import { type Handlers, serve } from './serve.ts';

const episodeId = 'episode-1' as EpisodeId;
const patient = { timeoutMs: 10_000 };
/** Everything that a test opened. */
const open: MessagePort[] = [];

afterEach(() => {
  vi.useRealTimers();
  for (const port of open.splice(0)) port.close();
});

/** The two ends of a line to a worker; `onMessage` gets each message, and the port that came along. */
function aLine(onMessage: (data: Envelope, port: MessagePort) => void): MessagePort {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  port2.onmessage = ({ data, ports: [port] }) => {
    if (port) open.push(port);
    if (port) onMessage(data, port);
  };
  return port1;
}

/** A worker with these handlers only; every other one is a mistake of the test. */
function aWorker(handlers: Partial<Handlers<string>>, onError = vi.fn()) {
  const all = new Proxy(handlers, {
    get: (known, type: RequestType) => known[type] ?? expect.unreachable(type),
  }) as Handlers<string>;
  return aLine((data, port) => {
    void serve(data, port, 'the call', { handlers: all, lifeId: 'life', onError });
  });
}

function closed(port: MessagePort): Promise<unknown> {
  return new Promise((resolve) => port.addEventListener('close', resolve));
}

describe('a request', () => {
  it('is answered with what the handler returns', async () => {
    const worker = aWorker({ 'worker/version': async () => ({ protocol: 1, build: 'abc' }) });
    const answer = await request(worker, 'worker/version', {}, patient);
    expect(answer).toEqual({ protocol: 1, build: 'abc' });
  });

  it('hands its parameters and the call to the handler', async () => {
    const handler = vi.fn(async () => ({}));
    await request(aWorker({ 'download/pause': handler }), 'download/pause', { episodeId }, patient);
    expect(handler).toHaveBeenCalledExactlyOnceWith({ episodeId }, 'the call');
  });

  it('gets its own answer, however the answers are ordered', async () => {
    const release = new Map<string, () => void>();
    const worker = aWorker({
      'download/start': ({ episodeId: id }) =>
        new Promise((resolve) => {
          release.set(id, () =>
            resolve({ ok: false, failure: { code: 'unexpected', detail: id } }),
          );
        }),
    });
    const ids = ['a', 'b', 'c'] as EpisodeId[];
    const answers = ids.map((id) => request(worker, 'download/start', { episodeId: id }, patient));
    await vi.waitFor(() => expect(release.size).toBe(3));
    for (const id of ids.toReversed()) release.get(id)?.();
    const details = (await Promise.all(answers)).map((it) => !it.ok && it.failure);
    expect(details).toEqual(ids.map((id) => ({ code: 'unexpected', detail: id })));
  });

  it('leaves its port closed', async () => {
    let end: Promise<unknown> | undefined;
    const worker = aLine((_data, port) => {
      end = closed(port);
      port.postMessage({ protocol: PROTOCOL, kind: 'result', result: {} });
    });
    await request(worker, 'worker/claim', {}, patient);
    await expect(end).resolves.toBeDefined();
  });
});

describe('a request without an answer', () => {
  it('is given up after its timeout, and its port is closed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let end: Promise<unknown> | undefined;
    const deaf = aLine((_data, port) => {
      end = closed(port);
    });
    const answer = request(deaf, 'worker/claim', {}, { timeoutMs: 5_000 });
    const outcome = expect(answer).rejects.toThrow(RequestTimeoutError);
    vi.advanceTimersByTime(4_999);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    await outcome;
    await expect(answer).rejects.toThrow('no answer to worker/claim within 5000 ms');
    await vi.waitFor(() => expect(end).toBeDefined());
    await end;
  });

  it('leaves no timer behind once it is answered', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const worker = aWorker({ 'worker/claim': async () => ({}) });
    await request(worker, 'worker/claim', {}, patient);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends when its caller gives up, with the reason given', async () => {
    const stop = new AbortController();
    const deaf = aLine(() => undefined);
    const answer = request(deaf, 'worker/claim', {}, { ...patient, signal: stop.signal });
    stop.abort(new Error('the page is closing'));
    await expect(answer).rejects.toThrow('the page is closing');
  });

  it('is not even sent when its caller has given up before', async () => {
    const postMessage = vi.fn();
    const signal = AbortSignal.abort(new Error('too late'));
    const answer = request({ postMessage }, 'worker/claim', {}, { ...patient, signal });
    await expect(answer).rejects.toThrow('too late');
    expect(postMessage).not.toHaveBeenCalled();
  });
});

describe('an answer that says no', () => {
  it('is a RemoteError, when the handler throws; the worker is told what it was', async () => {
    const onError = vi.fn();
    const bug = new Error('boom');
    const worker = aWorker({ 'worker/claim': () => Promise.reject(bug) }, onError);
    const answer = request(worker, 'worker/claim', {}, patient);
    await expect(answer).rejects.toThrow(RemoteError);
    await expect(answer).rejects.toMatchObject({ code: 'handler-failed', message: 'boom' });
    expect(onError).toHaveBeenCalledExactlyOnceWith(bug);
  });

  it('comes for a name that the worker does not know', async () => {
    const unknown = 'download/stop' as 'worker/claim';
    const answer = request(aWorker({}), unknown, {}, patient);
    await expect(answer).rejects.toMatchObject({ code: 'unknown-type' });
  });

  it('comes for a name that every object has', async () => {
    const answer = request(aWorker({}), 'constructor' as 'worker/claim', {}, patient);
    await expect(answer).rejects.toMatchObject({ code: 'unknown-type' });
  });

  it('comes for parameters that are not those of the contract', async () => {
    const wrong = { episodeId: 'no id!' } as { episodeId: string } as { episodeId: EpisodeId };
    const answer = request(aWorker({}), 'download/start', wrong, patient);
    await expect(answer).rejects.toMatchObject({ code: 'bad-params' });
  });

  it('comes from a worker that speaks another protocol', async () => {
    const worker = aLine((_data, port) => {
      port.postMessage({ protocol: PROTOCOL + 1, kind: 'result', result: {} });
    });
    const answer = request(worker, 'worker/claim', {}, patient);
    await expect(answer).rejects.toMatchObject({ code: 'protocol-mismatch' });
  });
});

describe('serve', () => {
  /** What is answered to an envelope that no page of ours would send. */
  async function reply(message: Envelope, handlers: Partial<Handlers<undefined>> = {}) {
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    const replies: unknown[] = [];
    port1.onmessage = ({ data }) => replies.push(data);
    const end = closed(port1);
    await serve(message, port2, undefined, {
      handlers: handlers as Handlers<undefined>,
      lifeId: 'life',
      onError: vi.fn(),
    });
    await end;
    return replies;
  }

  const message: Envelope = {
    protocol: PROTOCOL,
    kind: 'request',
    id: 'exchange-1',
    type: 'worker/claim',
    params: {},
  };

  it('refuses another protocol before it looks at anything else', async () => {
    const replies = await reply({ ...message, protocol: PROTOCOL + 1, type: 'future/thing' });
    expect(replies).toMatchObject([{ protocol: PROTOCOL, code: 'protocol-mismatch' }]);
  });

  it('answers exactly once, then closes the port', async () => {
    const replies = await reply(message, { 'worker/claim': async () => ({}) });
    expect(replies).toEqual([{ protocol: PROTOCOL, kind: 'result', result: {} }]);
  });

  it('answers what is thrown, even when it is no error', async () => {
    const replies = await reply(message, { 'worker/claim': () => Promise.reject('just text') });
    expect(replies).toMatchObject([
      { kind: 'error', code: 'handler-failed', message: 'just text' },
    ]);
  });

  it('names what people can mend: another window that holds the database', async () => {
    const blocked = new DatabaseBlockedError(Promise.resolve());
    const replies = await reply(message, { 'worker/claim': () => Promise.reject(blocked) });
    expect(replies).toMatchObject([{ kind: 'error', code: 'database-blocked' }]);
  });

  it('answers a handler that throws before it is a promise', async () => {
    const handler = () => {
      throw new Error('at once');
    };
    const replies = await reply(message, { 'worker/claim': handler });
    expect(replies).toMatchObject([{ code: 'handler-failed', message: 'at once' }]);
  });
});
