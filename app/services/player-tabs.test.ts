import { describe, expect, it, vi } from 'vitest';
import { Tap } from '../../core/messaging/tap.ts';
import { anEpisode } from '../elements/testing/rows.ts';
import { AudioPlayer } from './player.ts';
import type { RowReader } from './row-reader.ts';
import { Tabs } from './tabs.ts';
import type { WorkerLink } from './worker-link.ts';

/** A tab whose player has an episode chosen. Nothing sounds: its element is told what happens. */
function openTab(path: string) {
  const tabs = new Tabs(new URL(`/${path}/`, location.href).href, new Tap('page'));
  const link = { send: async () => ({}) } as unknown as WorkerLink;
  const player = new AudioPlayer({} as RowReader, link, tabs);
  const audio = document.createElement('audio');
  const pause = vi.spyOn(audio, 'pause');
  player.attach(audio);
  player.current = { episode: anEpisode('e1'), podcastTitle: 'Night Ferry' };
  return { tabs, pause, start: () => audio.dispatchEvent(new Event('play')) };
}

function nextHint(tabs: Tabs): Promise<void> {
  return new Promise((resolve) => {
    tabs.onMessage(({ type }) => {
      if (type === 'settings/changed') resolve();
    });
  });
}

describe('one tab plays', () => {
  it('and makes way for the one that starts after it', async () => {
    const path = crypto.randomUUID();
    const one = openTab(path);
    const other = openTab(path);
    one.start();
    await expect.poll(() => other.pause.mock.calls).toHaveLength(1);
    other.start();
    await expect.poll(() => one.pause.mock.calls).toHaveLength(1);
    expect(other.pause).toHaveBeenCalledTimes(1);
  });

  it('also where two start before either has heard of the other', async () => {
    const path = crypto.randomUUID();
    const one = openTab(path);
    const other = openTab(path);
    one.start();
    other.start();
    // Messages keep their order, so with these everything before them has been heard.
    const heard = [one, other].map(({ tabs }) => nextHint(tabs));
    one.tabs.say({ type: 'settings/changed' });
    other.tabs.say({ type: 'settings/changed' });
    await Promise.all(heard);
    expect(one.pause.mock.calls.length + other.pause.mock.calls.length).toBe(1);
  });

  it('whatever a clock says that was set back a long way', async () => {
    const path = crypto.randomUUID();
    const one = openTab(path);
    const other = openTab(path);
    one.start();
    await expect.poll(() => other.pause.mock.calls).toHaveLength(1);
    const startedAt = Date.now() - 3_600_000;
    other.tabs.say({ type: 'player/started', episodeId: anEpisode('e1').id, startedAt });
    await expect.poll(() => one.pause.mock.calls).toHaveLength(1);
  });
});
