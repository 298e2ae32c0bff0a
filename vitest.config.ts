import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, findChromium } from './tools/browsers.mjs';

const executablePath = findChromium();

/** Of its own for each project: Vitest writes the project's name into it. */
const inChromium = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({
    launchOptions: { args: chromiumFlags, ...(executablePath && { executablePath }) },
  }),
  instances: [{ browser: 'chromium' as const }],
});

// biome-ignore lint/style/noDefaultExport: Vitest asks for it.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // The simulator is nothing but computing: every core, where the usual is one fewer.
          maxWorkers: availableParallelism(),
          environment: 'node',
          setupFiles: 'sw/testing/worker-globals.ts',
          include: ['{core,sw,gateway,e2e/support}/**/*.test.ts', 'tools/*.test.mjs'],
          exclude: ['**/*.browser.test.ts'],
        },
      },
      {
        test: {
          name: 'elements',
          include: ['app/**/*.test.ts'],
          maxWorkers: availableParallelism(),
          browser: inChromium(),
        },
      },
      {
        test: {
          name: 'rows',
          include: ['{core,sw}/**/*.browser.test.ts'],
          // A test that dies at each of its operations in turn takes its time where others share the machine.
          testTimeout: 60_000,
          // Files that run side by side have a browser context each, and with it a database.
          maxWorkers: availableParallelism(),
          browser: inChromium(),
        },
      },
    ],
  },
});
