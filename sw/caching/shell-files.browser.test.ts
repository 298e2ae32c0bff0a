import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { baseUrl } from '../testing/bare-context.ts';
import { Device } from '../testing/device.ts';

const NAME = 'shell-files-test';
const page = (...names: string[]) =>
  names.map((name) => `<script type="module" src="./assets/${name}"></script>`).join('\n');

let cache: Cache;

beforeEach(async () => {
  vi.stubGlobal('__WB_MANIFEST', [
    { url: 'index.html', revision: 'one' },
    { url: 'assets/index-Ours_1-.js', revision: null },
    { url: 'assets/index-Ours_2.css', revision: null },
  ]);
  cache = await caches.open(NAME);
});

afterEach(async () => {
  await caches.delete(NAME);
  vi.unstubAllGlobals();
});

async function storePage(html: string): Promise<void> {
  const { fileKeys, storeFile } = await import('./shell-files.ts');
  const address = new URL('index.html', baseUrl).href;
  const headers = { 'content-type': 'text/html' };
  const device = await Device.create();
  device.startWorker(() => ({ fetch: async () => new Response(html, { headers }) }));
  const key = fileKeys(baseUrl).get(address) ?? '';
  await storeFile(device.worker, cache, [address, key]);
}

it('keeps the page of this build, also with something added', async () => {
  const added = '<script src="https://host.example/cdn-assets/x.js"></script>';
  await storePage(page('index-Ours_1-.js', 'index-Ours_2.css') + added);
  expect(await cache.keys()).toHaveLength(1);
});

it.each([
  ['of another build', page('index-Theirs_1.js', 'index-Ours_2.css')],
  ['of somebody else', '<h1>Please sign in</h1>'],
])('does not keep the page %s', async (_, html) => {
  await expect(storePage(html)).rejects.toThrow('another build');
  expect(await cache.keys()).toEqual([]);
});
