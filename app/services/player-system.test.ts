import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Tap } from '../../core/messaging/tap.ts';
import type { Episode } from '../../core/model/episode.ts';
import { anEpisode, aPodcast } from '../elements/testing/rows.ts';
import { AudioPlayer } from './player.ts';
import type { RowReader } from './row-reader.ts';
import { Tabs } from './tabs.ts';
import type { WorkerLink } from './worker-link.ts';

/* What the system's own controls do: keys, headphones, the lock screen. */

const handlers = new Map<string, MediaSessionActionHandler | null>();
const press = (action: MediaSessionAction) => handlers.get(action)?.({ action });

beforeEach(() => {
  vi.spyOn(navigator.mediaSession, 'setActionHandler').mockImplementation((action, handler) => {
    handlers.set(action, handler);
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  navigator.mediaSession.metadata = null;
});

/** A player whose element does as it is told, with this episode playing. */
async function playing(episode: Episode, podcast = aPodcast('p1')) {
  const rows: unknown[] = [podcast, undefined, false];
  const reader = { read: async () => rows.shift() } as unknown as RowReader;
  const link = { send: async () => ({}), controlled: true } as unknown as WorkerLink;
  const tabs = new Tabs(new URL(`/${crypto.randomUUID()}/`, location.href).href, new Tap('page'));
  const player = new AudioPlayer(reader, link, tabs);
  const audio = document.createElement('audio');
  let paused = true;
  vi.spyOn(audio, 'paused', 'get').mockImplementation(() => paused);
  vi.spyOn(audio, 'src', 'set').mockImplementation(() => undefined);
  vi.spyOn(audio, 'play').mockImplementation(async () => {
    paused = false;
  });
  vi.spyOn(audio, 'pause').mockImplementation(() => {
    paused = true;
  });
  player.attach(audio);
  await player.play(episode);
  return player;
}

it('Pause never starts anything, and Play never stops it', async () => {
  const player = await playing(anEpisode('e1'));
  expect(player.playing).toBe(true);
  press('play');
  expect(player.playing).toBe(true);
  press('pause');
  expect(player.playing).toBe(false);
  press('pause');
  expect(player.playing).toBe(false);
  press('play');
  expect(player.playing).toBe(true);
});

it('shows the picture of the episode, or else of its podcast', async () => {
  const shown = () => navigator.mediaSession.metadata?.artwork.map(({ src }) => src);
  const podcast = aPodcast('p1', { imageUrl: 'https://example.org/podcast.png' });
  await playing(anEpisode('e1', { imageUrl: 'https://example.org/episode.png' }), podcast);
  expect(shown()).toEqual([expect.stringMatching(/artwork\/e1$/)]);
  await playing(anEpisode('e2', { imageUrl: undefined }), podcast);
  expect(shown()).toEqual([expect.stringMatching(/artwork\/p1$/)]);
  await playing(anEpisode('e3', { imageUrl: undefined }), aPodcast('p2', { imageUrl: undefined }));
  expect(shown()).toEqual([]);
});
