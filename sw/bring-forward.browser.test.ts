import { describe, expect, it } from 'vitest';
import type { WorkerContext } from './context.ts';
import { onBackgroundFetchClick } from './events/background-fetch.ts';
import { onNotificationClick } from './events/notification-click.ts';

interface FakeWindow {
  url?: string;
  focused?: boolean;
  visible?: boolean;
}

/** A browser with these windows, last used first, and what was done to them. */
function browserWith(...windows: FakeWindow[]) {
  const done: string[] = [];
  const reports: unknown[] = [];
  const clients = windows.map(({ url, focused = false, visible = false }, index) => ({
    name: `window ${index}`,
    url: url ?? 'https://app.example/stowaway/#/search',
    focused,
    visibilityState: visible ? 'visible' : 'hidden',
    focus: async () => void done.push(`focus window ${index}`),
  }));
  const context = {
    baseUrl: new URL('https://app.example/stowaway/'),
    clients: {
      matchAll: async () => clients,
      openWindow: async (address: string) => void done.push(`open ${address}`),
    },
    tell: async (window: unknown, { destination }: { destination: string }) =>
      void done.push(`tell ${(window as { name: string }).name} ${destination}`),
    report: (error: unknown) => reports.push(error),
  } as unknown as WorkerContext;
  return { context, done, reports, clients };
}

function clickOn(data: unknown) {
  let closed = 0;
  const notification = { data, close: () => (closed += 1) };
  return { event: { notification } as unknown as NotificationEvent, closed: () => closed };
}

const backgroundFetchClick = {} as BackgroundFetchEvent;

describe('a press on the progress of a Background Fetch', () => {
  it('opens Downloads where no window is open', async () => {
    const { context, done } = browserWith();
    await onBackgroundFetchClick(backgroundFetchClick, context);
    expect(done).toEqual(['open https://app.example/stowaway/#/downloads']);
  });

  it('brings the window that is there to Downloads, and forward', async () => {
    const { context, done } = browserWith({});
    await onBackgroundFetchClick(backgroundFetchClick, context);
    expect(done).toEqual(['tell window 0 downloads', 'focus window 0']);
  });

  it.each([
    ['the one that is looked at', [{}, { visible: true }, { visible: true, focused: true }], 2],
    ['else one that can be seen', [{}, { visible: true }, {}], 1],
    ['else the one that was used last', [{}, {}], 0],
  ])('takes %s', async (_which, windows, index) => {
    const { context, done } = browserWith(...windows);
    await onBackgroundFetchClick(backgroundFetchClick, context);
    expect(done.at(-1)).toBe(`focus window ${index}`);
  });

  it('leaves alone the windows of another app on the same origin', async () => {
    const { context, done } = browserWith({ url: 'https://app.example/other/', focused: true });
    await onBackgroundFetchClick(backgroundFetchClick, context);
    expect(done).toEqual(['open https://app.example/stowaway/#/downloads']);
  });

  it('reports what the browser refuses, and goes on living', async () => {
    const { context, reports, clients } = browserWith({});
    Object.assign(clients[0] ?? {}, { focus: () => Promise.reject(new Error('not allowed')) });
    await onBackgroundFetchClick(backgroundFetchClick, context);
    expect(reports).toHaveLength(1);
  });
});

describe('a press on a notification', () => {
  it('takes it away, and goes where it says', async () => {
    const { context, done } = browserWith();
    const { event, closed } = clickOn({ destination: 'episodes', titles: [] });
    await onNotificationClick(event, context);
    expect(done).toEqual(['open https://app.example/stowaway/#/episodes']);
    expect(closed()).toBe(1);
  });

  it.each([
    ['an address', { destination: 'https://evil.example/' }],
    ['a name of the prototype', { destination: 'toString' }],
    ['no data', null],
    ['other data', 'downloads'],
  ])('with %s goes to the library', async (_what, data) => {
    const { context, done } = browserWith();
    await onNotificationClick(clickOn(data).event, context);
    expect(done).toEqual(['open https://app.example/stowaway/#/']);
  });
});
