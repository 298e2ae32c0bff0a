import { defineConfig } from '@playwright/test';
import type { BrowserOptions } from './e2e/support/browser.ts';
import { findChromium, findFirefox } from './tools/browsers.mjs';

const chromiumPath = findChromium();
const firefoxPath = findFirefox();

/**
 * What these show lies in our own rows and in what goes over the wire, not in an engine: one is
 * enough for every run. `EVERY_ENGINE=1` runs them in Firefox, too.
 */
const ONCE = [
  'auto-download',
  'bad-input',
  'caching',
  'changed-file',
  'connection-faults',
  'crowd',
  'damaged-store',
  'hostile-messages',
  'hosts',
  'inspector',
  'integrity',
  'interruptions',
  'kill-switch',
  'live',
  'odd-answers',
  'opml',
  'retry',
  'search',
  'seek-storm',
  'space',
  'static-host',
  'versions',
];
const onlyOnce = process.env.EVERY_ENGINE ? [] : ONCE.map((name) => `**/${name}.spec.ts`);

/** One project per browser that is there. Everything runs on the production build, in `dist/`. */
// biome-ignore lint/style/noDefaultExport: Playwright asks for it.
export default defineConfig<BrowserOptions>({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  // Much of a test is waiting for a slow host, so there may be more of them than cores.
  workers: 3,
  // On a build server that others share, a second try tells a mistake from a hiccup. What needed it
  // is counted as flaky in the last lines, and is to be mended.
  retries: process.env.CI === undefined ? 0 : 1,
  timeout: 90_000,
  globalTimeout: 24 * 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: { screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'chromium',
      testIgnore: '**/firefox-*.spec.ts',
      use: { browserKind: 'chromium', executablePath: chromiumPath },
    },
    ...(firefoxPath
      ? [
          {
            name: 'firefox',
            testIgnore: ['**/chromium-*.spec.ts', ...onlyOnce],
            use: { browserKind: 'firefox' as const, executablePath: firefoxPath },
          },
        ]
      : []),
  ],
});
