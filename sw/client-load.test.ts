import { afterEach, describe, expect, it } from 'vitest';
import { envelope } from '../core/contract/envelope.ts';
import { ClientLoad } from './client-load.ts';
import type { WorkerContext } from './context.ts';
import { AWindow, aWorker, closePorts, send } from './testing/entrance.ts';

afterEach(closePorts);

const good = envelope('request', 'exchange-1', 'worker/version', {});
const start = envelope('request', 'exchange-1', 'download/start', { episodeId: 'e' });

describe('a page that asks for too much at once', () => {
  /** Requests that stay under way until they are let go. */
  function occupy(worker: WorkerContext, clientId: string) {
    let letGo: () => void = () => undefined;
    const lasting = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const held: Promise<void>[] = [];
    while (!worker.load.isFull(clientId) && held.length < 1_000) {
      held.push(worker.load.hold(clientId, lasting));
    }
    return { letGo, all: Promise.all(held), count: held.length };
  }

  it('is refused, and counted; others are not, nor the same page when there is room again', async () => {
    const worker = aWorker();
    const { letGo, all, count } = occupy(worker, 'page');
    expect(count).toBeGreaterThan(20);
    const refused = send(worker, { data: start });
    await refused.receive();
    await refused.allClosed();
    expect(refused.told).toMatchObject([{ kind: 'error', code: 'too-many' }]);
    expect(worker.dropped.counts['too-many']).toBe(1);

    const other = send(worker, { data: good, source: new AWindow(undefined, 'other page') });
    await other.receive();
    await other.allClosed();
    expect(other.told).toMatchObject([{ kind: 'result' }]);

    letGo();
    await all;
    const again = send(worker, { data: good });
    await again.receive();
    await again.allClosed();
    expect(again.told).toMatchObject([{ kind: 'result' }]);
  });

  it('gets its room back also when the work fails', async () => {
    const load = new ClientLoad();
    const failing = Array.from({ length: 1_000 }, () =>
      load.hold('page', Promise.reject(new Error('no'))),
    );
    expect(load.isFull('page')).toBe(true);
    await Promise.allSettled(failing);
    expect(load.isFull('page')).toBe(false);
  });
});
