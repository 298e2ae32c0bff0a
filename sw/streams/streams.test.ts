import { afterEach, describe, expect, it, vi } from 'vitest';
import { envelope } from '../../core/contract/envelope.ts';
import { PROTOCOL } from '../../core/contract/version.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import type { WorkerContext } from '../context.ts';
import { ProgressBoard } from '../downloads/progress-board.ts';
import { openWorkerStream } from './index.ts';

const asked = envelope('stream', 'exchange-1', 'downloads/progress', {});
const open: MessagePort[] = [];

afterEach(() => {
  vi.useRealTimers();
  for (const port of open.splice(0)) port.close();
});

function aWorker(pages: string[]) {
  const progress = new ProgressBoard(() => 0);
  const matchAll = async () => pages.map((id) => ({ id }));
  return { progress, clients: { matchAll } } as unknown as WorkerContext;
}

/** A page that subscribes: all that it was told, and whether its port was closed. */
async function subscribe(worker: WorkerContext, page: string, message = asked) {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const told: unknown[] = [];
  let isClosed = false;
  port1.onmessage = ({ data }) => told.push(data.item ?? data.code);
  port1.addEventListener('close', () => {
    isClosed = true;
  });
  await openWorkerStream(message, page, port2, worker);
  return { told, isClosed: () => isClosed };
}

function progress(receivedBytes: number) {
  return { episodeId: 'e' as EpisodeId, receivedBytes, totalBytes: 10 };
}

describe('the stream of progress', () => {
  it('begins with what is under way, and tells what changes', async () => {
    const worker = aWorker(['page']);
    worker.progress.report(progress(1));
    const page = await subscribe(worker, 'page');
    worker.progress.report(progress(2));
    worker.progress.report(progress(3));
    await vi.waitFor(() => expect(page.told).toEqual([[progress(1)], [progress(3)]]));
    worker.progress.clear(progress(3).episodeId);
    await vi.waitFor(() => expect(page.told.at(-1)).toEqual([]));
  });

  it('closes the ports of pages that are gone', async () => {
    const worker = aWorker(['here']);
    const gone = await subscribe(worker, 'gone');
    await vi.waitFor(() => expect(gone.isClosed()).toBe(true));
    const here = await subscribe(worker, 'here');
    expect(here.isClosed()).toBe(false);
  });

  it.each([
    ['of another protocol', { ...asked, protocol: PROTOCOL + 1 }, 'protocol-mismatch'],
    ['by another name', { ...asked, type: 'downloads/rate' }, 'unknown-type'],
    ['with parameters', { ...asked, params: { episodeId: 'e' } }, 'bad-params'],
  ])('asked for %s is told why not, and its port is closed', async (_name, message, code) => {
    const page = await subscribe(aWorker(['page']), 'page', message);
    await vi.waitFor(() => expect(page.isClosed()).toBe(true));
    expect(page.told).toEqual([code]);
  });
});

describe('the progress board', () => {
  it('knows for how long nothing has moved', () => {
    let now = 1000;
    const board = new ProgressBoard(() => now);
    now += 5;
    expect(board.stillForMs).toBe(5);
    board.report(progress(1));
    now += 7;
    board.report(progress(1));
    expect(board.stillForMs, 'the same figure is no movement').toBe(7);
    board.report(progress(2));
    expect(board.stillForMs).toBe(0);
    now -= 10 * 365 * 86_400_000;
    expect(board.stillForMs, 'a clock that was set back says nothing').toBe(0);
    now += 3;
    expect(board.stillForMs, 'and counts from there').toBe(3);
  });
});
