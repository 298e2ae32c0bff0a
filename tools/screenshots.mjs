// @ts-check
/*
 * Takes pictures of every page of the built app, on a phone and a desktop, light and dark, to look
 * at: `npm run build && node tools/screenshots.mjs`. Those of the README go to docs/screenshots.
 */
import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumFlags, findChromium } from './browsers.mjs';

const folder = 'test-results/screenshots';
const README_PICTURES = [
  'podcast-desktop-light',
  'episode-phone-dark',
  'first-run-phone-light',
  'inspector-desktop-dark',
];
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

await mkdir('docs/screenshots', { recursive: true });

const server = spawn(process.execPath, ['dist/gateway/node.js'], {
  env: { ...process.env, PORT: '0' },
});
/** @type {string} */
const address = await new Promise((resolve) => {
  server.stdout.on('data', (chunk) => {
    const found = /http:\/\/\S+/.exec(String(chunk));
    if (found) resolve(found[0]);
  });
});

try {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const scheme of /** @type {const} */ (['light', 'dark']))
      await shoot(size, viewport, scheme);
  }
  for (const name of README_PICTURES) {
    await copyFile(join(folder, `${name}.png`), `docs/screenshots/${name}.png`);
  }
} finally {
  server.kill();
}

/**
 * @param {string} size
 * @param {{ width: number; height: number }} viewport
 * @param {'light' | 'dark'} colorScheme
 */
async function shoot(size, viewport, colorScheme) {
  const profile = await mkdtemp(join(tmpdir(), 'stowaway-screenshots-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: chromiumFlags,
    viewport,
    colorScheme,
    reducedMotion: 'reduce',
    deviceScaleFactor: size === 'phone' ? 2 : 1,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  /** @param {string} name */
  const take = (name) =>
    page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) });
  await page.goto(address);
  await page.getByLabel('Podcast address').waitFor();
  // Said once on a device, and over every picture until it is taken.
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  await take('first-run');
  await page.getByRole('button', { name: 'Try the sample podcast' }).click();
  await page.getByRole('button', { name: 'Download Nothing overboard' }).click();
  await page.getByRole('button', { name: 'Download Cargo in crates' }).click();
  await page.getByRole('button', { name: 'Delete Cargo in crates' }).waitFor();
  await page.getByRole('button', { name: 'Play Nothing overboard' }).click();
  await page.getByRole('region', { name: 'Player' }).getByText('Nothing overboard').waitFor();
  await page.getByRole('heading', { level: 1 }).evaluate((heading) => {
    heading.scrollIntoView({ block: 'end' });
  });
  await take('podcast');
  await page.getByRole('link', { name: 'Nothing overboard', exact: true }).first().click();
  await page.getByRole('heading', { name: 'Chapters' }).waitFor();
  await take('episode');
  for (const name of ['Library', 'Episodes', 'Downloads', 'Settings']) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.waitForLoadState('networkidle');
    await take(name.toLowerCase());
  }
  await page.getByRole('link', { name: 'Inspector', exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Inspector' }).waitFor();
  for (const name of ['Ask the worker something', 'Send a broadcast', 'Register a sync']) {
    await page.getByRole('button', { name: `Run: ${name}` }).click();
  }
  const other = await context.newPage();
  await other.goto(`${address}/#/downloads`);
  await other.getByRole('heading', { level: 1, name: 'Downloads' }).waitFor();
  await page.bringToFront();
  await page.getByRole('button', { name: 'Run: Ask the worker something' }).click();
  await page.getByRole('heading', { level: 2, name: 'Messages' }).evaluate((heading) => {
    heading.scrollIntoView({ block: 'start' });
  });
  const newest = page.getByRole('button', { name: 'Newest' });
  if (await newest.isVisible()) await newest.click();
  await page.waitForLoadState('networkidle');
  await take('inspector');
  await context.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 10 });
}
