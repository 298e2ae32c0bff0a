import { expect, it } from 'vitest';
import type { TabMessage } from '../../core/contract/tabs.ts';
import type { Trace } from '../../core/contract/trace.ts';
import { Tap } from '../../core/messaging/tap.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { Tabs } from './tabs.ts';

const changed: TabMessage = { type: 'settings/changed' };

/** A tab of the app at this path: what it hears, from whom, and what its Inspector sees. */
function openTab(path = crypto.randomUUID()) {
  const tap = new Tap('page');
  const traces: Trace[] = [];
  tap.listener = (trace) => traces.push(trace);
  const tabs = new Tabs(new URL(`/${path}/`, location.href).href, tap);
  const heard: [TabMessage, string][] = [];
  tabs.onMessage((message, tabId) => heard.push([message, tabId]));
  return { path, tabs, heard, traces };
}

it('a tab hears what another says, and which one it is, and never itself', async () => {
  const one = openTab();
  const other = openTab(one.path);
  const started = { type: 'player/started', episodeId: 'e' as EpisodeId, startedAt: 1 } as const;
  one.tabs.say(started);
  other.tabs.say(changed);
  await expect.poll(() => other.heard).toEqual([[started, one.tabs.tabId]]);
  await expect.poll(() => one.heard).toEqual([[changed, other.tabs.tabId]]);
  expect(one.tabs.tabId).not.toBe(other.tabs.tabId);
});

it('apps under other paths of the same origin are other tabs', async () => {
  const one = openTab();
  const same = openTab(one.path);
  const elsewhere = openTab();
  one.tabs.say(changed);
  await expect.poll(() => same.heard).toHaveLength(1);
  expect(elsewhere.heard).toEqual([]);
});

it('the Inspector sees both ends', async () => {
  const one = openTab();
  const other = openTab(one.path);
  one.tabs.say(changed);
  await expect.poll(() => other.heard).toHaveLength(1);
  const about = { channel: 'tabs', type: 'settings/changed', phase: 'only' };
  expect(one.traces).toMatchObject([{ ...about, from: 'page', to: 'tabs' }]);
  expect(other.traces).toMatchObject([
    { ...about, from: 'tabs', to: 'page', event: { constructorName: 'MessageEvent' } },
  ]);
});
