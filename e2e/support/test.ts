import { test as base, type TestInfo } from '@playwright/test';
import type { World } from '../torture/world.ts';
import { AppPage } from './app-page.ts';
import { AppServer } from './app-server.ts';
import { type BrowserOptions, BrowserProfile } from './browser.ts';
import { PodcastOrigin } from './podcast-origin.ts';
import { TcpProxy } from './tcp-proxy.ts';

interface Fixtures {
  /** A podcast host, whose feeds the gateway may fetch. */
  origin: PodcastOrigin;
  /** The way to the same host over a network that can break: subscribe to `feed.urlAt(network.host)`. */
  network: TcpProxy;
  /** More settings for the server, by `test.use`. */
  serverEnv: Readonly<Record<string, string>>;
  /** The built product. */
  server: AppServer;
  /** The browser: to kill it, close it and start it again. */
  profile: BrowserProfile;
  /** The app in the first page of that browser, opened. */
  app: AppPage;
  /** What a trial of the torture needs, for a small one in a test. */
  world: World;
}

/** A test that runs on the built product, with everything around it its own, for this test alone. */
export const test = base.extend<Fixtures & BrowserOptions>({
  browserKind: ['chromium', { option: true }],
  executablePath: [undefined, { option: true }],
  firefoxPrefs: [{}, { option: true }],
  withoutBackgroundFetch: [false, { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern.
  origin: async ({}, use) => {
    const origin = await PodcastOrigin.start();
    await use(origin);
    await origin.close();
  },

  network: async ({ origin }, use) => {
    const network = await TcpProxy.start(origin.port);
    await use(network);
    await network.close();
  },

  serverEnv: [{}, { option: true }],

  server: async ({ origin, network, serverEnv }, use, testInfo) => {
    const allowAddresses = [origin.host, network.host];
    const server = await AppServer.start({ allowAddresses, env: serverEnv });
    await use(server);
    await server.close();
    await attachIfFailed(testInfo, 'server output', server.output);
  },

  profile: async (
    { browserKind, executablePath, firefoxPrefs, withoutBackgroundFetch, server },
    use,
    testInfo,
  ) => {
    const options = { browserKind, executablePath, firefoxPrefs, withoutBackgroundFetch };
    const profile = await BrowserProfile.create(options, server.address);
    await use(profile);
    await profile.dispose();
    await attachIfFailed(testInfo, 'console', profile.log.join('\n'));
  },

  context: async ({ profile }, use) => use(profile.context),

  page: async ({ profile }, use) => use(await profile.page()),

  app: async ({ page }, use) => {
    const app = new AppPage(page);
    await app.open();
    await use(app);
  },

  world: async ({ origin, network, server, profile }, use) =>
    use({ origin, network, server, profile }),
});

async function attachIfFailed(testInfo: TestInfo, name: string, text: string): Promise<void> {
  if (testInfo.status === testInfo.expectedStatus) return;
  await testInfo.attach(name, { body: text, contentType: 'text/plain' });
}

export { expect } from '@playwright/test';
