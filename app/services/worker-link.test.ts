import { afterEach, describe, expect, it, vi } from 'vitest';
import { PROTOCOL } from '../../core/contract/version.ts';
import { RemoteError, RequestTimeoutError, WorkerGoneError } from '../../core/messaging/errors.ts';
import { holdLife } from '../../core/messaging/life.ts';
import { Tap } from '../../core/messaging/tap.ts';
import { failureBehind, WorkerLink, WorkerMissingError } from './worker-link.ts';

/*
 * Over real channels and the browser's real locks. A life of the worker is a worker of another kind,
 * which holds the lock as ours does, and is ended.
 */

const accepted = (lifeId: string) => ({ protocol: PROTOCOL, kind: 'accepted', lifeId });
const result = { protocol: PROTOCOL, kind: 'result', result: { kept: 1 } };
const open: (() => void)[] = [];

afterEach(() => {
  vi.useRealTimers();
  for (const close of open.splice(0)) close();
});

/** A link to a worker that answers each message in its turn as the next of these. */
function aLink(...lives: ((port: MessagePort) => void)[]) {
  const heard: unknown[] = [];
  const active = {
    postMessage: (message: unknown, [port]: Transferable[]) => {
      open.push(() => (port as MessagePort).close());
      heard.push(message);
      lives[heard.length - 1]?.(port as MessagePort);
    },
  };
  const registration = Promise.resolve({ active } as unknown as ServiceWorkerRegistration);
  return { link: new WorkerLink(undefined, registration, new Tap('page')), heard };
}

/** A life that holds its lock until it is ended. */
async function aLife() {
  const lifeId = crypto.randomUUID();
  const script = `(${holdInWorker})(${JSON.stringify(`worker-life-${lifeId}`)})`;
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(address);
  open.push(() => worker.terminate());
  await new Promise((resolve) => worker.addEventListener('message', resolve, { once: true }));
  URL.revokeObjectURL(address);
  return { lifeId, end: () => worker.terminate() };
}

function holdInWorker(name: string): void {
  void navigator.locks.request(name, () => {
    self.postMessage('held');
    return new Promise(() => undefined);
  });
}

const send = (link: WorkerLink, timeoutMs = 60_000) =>
  link.send('cache/keep', { artworkOf: [], companionsOf: [] }, { timeoutMs });

describe('a request whose worker is ended', () => {
  it('is asked once more, and answered by the next worker', async () => {
    const life = await aLife();
    const { link, heard } = aLink(
      (port) => {
        port.postMessage(accepted(life.lifeId));
        life.end();
      },
      (port) => port.postMessage(result),
    );
    await expect(send(link)).resolves.toEqual({ kept: 1 });
    expect(heard).toMatchObject([{ type: 'cache/keep' }, { type: 'cache/keep' }]);
  });

  it('fails when the next one is ended as well', async () => {
    const lives = [await aLife(), await aLife()];
    const { link, heard } = aLink(
      ...lives.map(({ lifeId, end }) => (port: MessagePort) => {
        port.postMessage(accepted(lifeId));
        end();
      }),
    );
    await expect(send(link)).rejects.toThrow(WorkerGoneError);
    expect(heard).toHaveLength(2);
  });

  it('is asked once more also when it had not even read it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { link, heard } = aLink(
      () => undefined,
      (port) => port.postMessage(result),
    );
    const answer = send(link);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    vi.advanceTimersByTime(3_000);
    await expect(answer).resolves.toEqual({ kept: 1 });
  });
});

describe('a request is not asked again', () => {
  it('when its time is over', async () => {
    const life = await aLife();
    const { link, heard } = aLink((port) => port.postMessage(accepted(life.lifeId)));
    await expect(send(link, 300)).rejects.toThrow(RequestTimeoutError);
    expect(heard).toHaveLength(1);
  });

  it('when the worker says no', async () => {
    const { link, heard } = aLink((port) => port.postMessage('what?'));
    await expect(send(link)).rejects.toThrow(RemoteError);
    expect(heard).toHaveLength(1);
  });

  it('where there is no worker', async () => {
    const registration = Promise.reject(new Error('none'));
    const link = new WorkerLink(undefined, registration, new Tap('page'));
    await expect(send(link)).rejects.toThrow(WorkerMissingError);
  });
});

it('says that another window holds the worker up, until that can read rows again', async () => {
  const blocked = { protocol: PROTOCOL, kind: 'error', code: 'database-blocked', message: '' };
  const { link } = aLink(
    (port) => port.postMessage(blocked),
    (port) => port.postMessage(result),
    (port) => port.postMessage(result),
  );
  const heard: boolean[] = [];
  link.onHeldUp(() => heard.push(link.heldUp));
  const error = await send(link).catch((it: unknown) => it);
  expect(failureBehind(error)).toEqual({ ok: false, failure: { code: 'database-blocked' } });
  expect(heard).toEqual([true]);
  await send(link);
  expect(heard, 'an answer that takes no rows says nothing').toEqual([true]);
  await link.send('downloads/advance', { by: 'advance' });
  expect(heard).toEqual([true, false]);
});

it('the life that the worker holds is the one that pages wait for', async () => {
  const lifeId = crypto.randomUUID();
  holdLife(navigator.locks, lifeId);
  const { held } = await navigator.locks.query();
  expect(held?.map(({ name }) => name)).toContain(`worker-life-${lifeId}`);
});
