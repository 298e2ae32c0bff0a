import { afterEach, expect, it, vi } from 'vitest';
import { Tap } from '../../core/messaging/tap.ts';
import { GatewayUpdates } from './live-updates.ts';
import type { RowReader } from './row-reader.ts';
import type { WorkerLink } from './worker-link.ts';

type Load = ConstructorParameters<typeof GatewayUpdates>[3];

afterEach(() => vi.restoreAllMocks());

/** A page whose code for live updates does not come before it has been asked for so often. */
function aPage(failures: number) {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  let left = failures;
  const load = vi.fn(async () => {
    left -= 1;
    if (left >= 0) throw new TypeError('failed to fetch dynamically imported module');
    return {
      followFeeds: ({ onState }: { onState(state: 'websocket'): void }) => {
        onState('websocket');
        return new Promise<never>(() => undefined);
      },
    };
  });
  const reader = {} as RowReader;
  const link = {} as WorkerLink;
  const live = new GatewayUpdates(reader, link, new Tap('page'), load as Load);
  void live.run();
  return { live, load };
}

function visibility(hidden: boolean): void {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

it('tries again when there is a network, and when somebody looks', async () => {
  const { live, load } = aPage(2);
  await turn();
  expect(load).toHaveBeenCalledOnce();
  visibility(true);
  await turn();
  expect(load, 'nobody looks').toHaveBeenCalledOnce();
  dispatchEvent(new Event('online'));
  await turn();
  expect(load).toHaveBeenCalledTimes(2);
  expect(live.state).toBe('off');
  visibility(false);
  await expect.poll(() => live.state).toBe('websocket');
  dispatchEvent(new Event('online'));
  await turn();
  expect(load, 'it is here').toHaveBeenCalledTimes(3);
});
