import { Inspector } from './support/inspector.ts';
import { expect, test } from './support/test.ts';

const ASK = 'Ask the worker something';

test('a request is seen on both sides, with its way, its time and its event', async ({ app }) => {
  const inspector = new Inspector(app.page);
  await inspector.open();
  await inspector.run(ASK, 'Version');

  await inspector.traces({ type: 'worker/version', seenBy: 'worker', phase: 'end' });
  const traces = await inspector.traces({ type: 'worker/version' });
  expect(new Set(traces.map(({ exchangeId }) => exchangeId)).size).toBe(1);
  const sides = traces.map(({ seenBy, from, to, phase }) => [seenBy, from, to, phase].join(' '));
  expect(sides.toSorted()).toEqual([
    'page page worker begin',
    'page worker page end',
    'worker page worker begin',
    'worker worker page end',
  ]);
  const answer = traces.find(({ seenBy, phase }) => seenBy === 'page' && phase === 'end');
  expect(answer).toMatchObject({ outcome: 'ok', event: { constructorName: 'MessageEvent' } });
  expect(answer?.tookMs).toBeGreaterThan(0);
  expect(answer?.sizeBytes).toBe(answer?.data?.length);
  const arrival = traces.find(({ seenBy, phase }) => seenBy === 'worker' && phase === 'begin');
  expect(arrival?.event).toMatchObject({ constructorName: 'ExtendableMessageEvent', ports: 1 });
  expect(arrival?.event?.source).toContain('WindowClient');

  await inspector.button('List').click();
  await expect(app.page.getByText('worker/version').first()).toBeVisible();
});

test('it can be paused, cleared and filtered', async ({ app }) => {
  const inspector = new Inspector(app.page);
  await inspector.open();
  await inspector.run(ASK, 'Version');
  await inspector.traces({ type: 'worker/version', seenBy: 'worker', phase: 'end' });

  await inspector.button('Pause').click();
  await inspector.run('Send a broadcast', 'The worker has told every window.');
  await expect(app.page.getByText(/paused, [1-9]\d* more since/)).toBeVisible();
  const { traces: paused } = await inspector.exported();
  expect(paused.filter(({ type }) => type.startsWith('inspector/'))).toEqual([]);
  await inspector.button('Go on').click();
  await inspector.traces({ type: 'inspector/greeted', seenBy: 'page' });

  const words = app.page.getByRole('searchbox', { name: 'Filter by words' });
  await words.fill('inspector/greeted');
  await expect(app.page.getByText(/^2 of \d+ shown$/)).toBeVisible();
  await words.fill('');
  await inspector.button('Clear').click();
  await expect(app.page.getByText('0 shown', { exact: true })).toBeVisible();
  expect((await inspector.exported()).traces).toEqual([]);
});

test('a message of no contract is dropped and counted, and changes nothing', async ({ app }) => {
  const inspector = new Inspector(app.page);
  await inspector.open();
  await inspector.run('Send what no contract knows', 'Posted');
  await expect(app.page.getByText('1 dropped by the worker (not-an-envelope × 1)')).toBeVisible();
  const [dropped] = await inspector.traces({ outcome: 'dropped: not-an-envelope' });
  expect(dropped).toMatchObject({ seenBy: 'worker', channel: 'event', from: 'page' });
  expect(dropped).not.toHaveProperty('data');
  await inspector.run(ASK, 'Version');
});

test('a worker that is silent is waited for no longer than said, and holds up nobody', async ({
  app,
}) => {
  const inspector = new Inspector(app.page);
  await inspector.open();
  await inspector.button('Run: Let the worker be silent for 5 s').click();
  await inspector.run(ASK, 'Version');
  await expect(app.page.getByText('RequestTimeoutError: ')).toBeVisible();
  const [given] = await inspector.traces({ type: 'inspector/hush', phase: 'end', seenBy: 'page' });
  expect(given?.outcome).toBe('RequestTimeoutError');
  const [asked] = await inspector.traces({ type: 'worker/version', phase: 'end', seenBy: 'page' });
  expect(asked?.at, 'the other request was answered meanwhile').toBeLessThan(given?.at ?? 0);
});

test('a broadcast reaches every tab, a whisper the asking one, a greeting the others', async ({
  app,
  profile,
}) => {
  const inspector = new Inspector(app.page);
  await inspector.open();
  const otherPage = await profile.context.newPage();
  const other = new Inspector(otherPage);
  await other.open();
  await app.page.bringToFront();

  await inspector.run('Answer the sender alone', 'Only this page');
  await inspector.run('Greet other tabs', 'Said');
  await inspector.run('Send a broadcast', 'The worker has told');
  await inspector.traces({ type: 'inspector/whispered', seenBy: 'page', from: 'worker' });
  await inspector.traces({ type: 'greeting', from: 'page', to: 'tabs' });
  await inspector.traces({ type: 'inspector/greeted', seenBy: 'page' });

  await otherPage.bringToFront();
  await other.traces({ type: 'inspector/greeted', seenBy: 'page' });
  await other.traces({ type: 'greeting', from: 'tabs', to: 'page' });
  const { traces } = await other.exported();
  expect(
    traces.filter(({ type, seenBy }) => type.endsWith('whispered') && seenBy === 'page'),
  ).toEqual([]);
});

test('a stream, a fetch and what is kept ahead are seen', async ({ app }) => {
  await app.page.getByRole('button', { name: 'Try the sample podcast' }).click();
  await expect(app.page.getByRole('heading', { level: 1, name: /Below Deck/ })).toBeVisible();
  await app.worksOffline();
  const inspector = new Inspector(app.page);
  await inspector.open();
  await inspector.button('Run: Subscribe to a stream').click();
  await inspector.traces({ channel: 'stream', type: 'downloads/progress', from: 'worker' });
  await inspector.button('Stop: Subscribe to a stream').click();
  await expect(app.page.getByText('1 item came, then this page closed it.')).toBeVisible();

  await inspector.run('Keep artwork before it is needed', '1 of 1 covers are kept.');
  // The page asks by itself as well, for more than one thing at a time.
  const kept = async () => {
    const ends = await inspector.traces({ type: 'cache/keep', phase: 'end', seenBy: 'page' });
    return ends.map(({ data }) => data);
  };
  const one = expect.stringMatching(/^{"artworkOf":\["[^"]+"\],"companionsOf":\[\]}$/);
  await expect.poll(kept).toContainEqual(one);

  await app.page.evaluate(() => fetch('icons/icon.svg').then((response) => response.text()));
  const fetches = await inspector.traces({ channel: 'event', type: 'fetch', phase: 'end' });
  expect(fetches.at(-1)?.outcome).toBe('200 from cache');
  const fetched = await inspector.traces({ channel: 'event', type: 'fetch', phase: 'begin' });
  expect(fetched.at(-1)?.data).toContain('"route":"shell"');
});

test('while no Inspector is open nothing is recorded, and no lock is held', async ({ app }) => {
  const inspector = new Inspector(app.page);
  await inspector.open();
  const held = () =>
    app.page.evaluate(async () => {
      const { held = [] } = await navigator.locks.query();
      return held.filter(({ name }) => name?.startsWith('stowaway-inspector')).length;
    });
  expect(await held()).toBe(1);
  await app.go('Library');
  await expect.poll(held).toBe(0);

  // Whoever calls is told what has been recorded and not been sent: nothing, and that comes first.
  const news = await app.page.evaluate(async () => {
    const line = new BroadcastChannel('stowaway-inspector:/');
    const first = new Promise<{ traces: unknown[] }>((resolve) => {
      line.onmessage = ({ data }) => resolve(data);
    });
    await (await fetch('icons/icon.svg')).text();
    line.postMessage({ protocol: 1, kind: 'listening' });
    const { traces } = await first;
    line.postMessage({ protocol: 1, kind: 'closed' });
    line.close();
    return traces;
  });
  expect(news).toEqual([]);
});

test('what a browser lacks is said, and cannot be pressed', async ({ app, browserKind }) => {
  const inspector = new Inspector(app.page);
  await inspector.open();
  const fetching = inspector.button('Run: Start a Background Fetch of 20 MB');
  const isMissing = browserKind === 'firefox';
  await expect(fetching).toHaveAttribute('aria-disabled', String(isMissing));
  await expect(app.page.getByText('This browser has no Background Fetch.')).toHaveCount(
    isMissing ? 1 : 0,
  );
  const code = app.page.getByRole('region', { name: 'Code of Start a Background Fetch of 20 MB' });
  await app.page
    .getByRole('button', { name: 'Start a Background Fetch of 20 MB', exact: true })
    .click();
  await expect(code).toContainText('registration.backgroundFetch?.fetch(');
});
