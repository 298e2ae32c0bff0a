import { afterEach, describe, expect, it, vi } from 'vitest';
import { PROTOCOL } from '../contract/version.ts';
import { WorkerGoneError } from './errors.ts';
import { request } from './request.ts';
import { openStream } from './stream.ts';

/** One lock as the browser keeps it: whoever asks gets it once the worker that holds it is ended. */
function locksOf(lifeId: string) {
  const waiting: (() => unknown)[] = [];
  const locks = {
    request: (name: string, { signal }: LockOptions, granted: () => unknown) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        if (name === `worker-life-${lifeId}`) waiting.push(() => resolve(granted()));
      }),
  } as unknown as LockManager;
  const endWorker = () => {
    for (const grant of waiting.splice(0)) grant();
  };
  return { locks, endWorker, waiting };
}

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function aWorkerThatSays(...said: unknown[]) {
  return {
    postMessage: (_message: unknown, [port]: Transferable[]) => {
      ports.push(port as MessagePort);
      for (const message of said) (port as MessagePort).postMessage(message);
    },
  };
}

describe('a worker that is ended', () => {
  const accepted = { protocol: PROTOCOL, kind: 'accepted', lifeId: 'life' };
  const result = { protocol: PROTOCOL, kind: 'result', result: {} };

  it('ends the request it was at, long before the timeout', async () => {
    const { locks, endWorker, waiting } = locksOf('life');
    const options = { timeoutMs: 60_000, locks };
    const answer = request(aWorkerThatSays(accepted), 'worker/claim', {}, options);
    const outcome = expect(answer).rejects.toThrow(WorkerGoneError);
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    endWorker();
    await outcome;
  });

  it('changes nothing about a request that was answered before', async () => {
    const { locks, endWorker, waiting } = locksOf('life');
    const options = { timeoutMs: 60_000, locks };
    const answer = request(aWorkerThatSays(accepted, result), 'worker/claim', {}, options);
    await expect(answer).resolves.toEqual({});
    expect(waiting).toHaveLength(1);
    endWorker();
  });

  it('ends its streams, once, and nothing that still comes is read', async () => {
    const { locks, endWorker, waiting } = locksOf('life');
    const item = { protocol: PROTOCOL, kind: 'item', lifeId: 'life', item: [] };
    const onItem = vi.fn();
    const onEnd = vi.fn();
    openStream(
      aWorkerThatSays(item, item),
      'downloads/progress',
      {},
      {
        onItem,
        onEnd,
        locks,
      },
    );
    await vi.waitFor(() => expect(onItem).toHaveBeenCalledTimes(2));
    expect(waiting).toHaveLength(1);
    endWorker();
    endWorker();
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalledExactlyOnceWith('worker-gone'));
  });

  it('says nothing to a page that has closed the stream itself', async () => {
    const { locks, endWorker } = locksOf('life');
    const item = { protocol: PROTOCOL, kind: 'item', lifeId: 'life', item: [] };
    const onItem = vi.fn();
    const onEnd = vi.fn();
    const close = openStream(
      aWorkerThatSays(item),
      'downloads/progress',
      {},
      {
        onItem,
        onEnd,
        locks,
      },
    );
    await vi.waitFor(() => expect(onItem).toHaveBeenCalled());
    close();
    endWorker();
    expect(onEnd).not.toHaveBeenCalled();
  });
});
