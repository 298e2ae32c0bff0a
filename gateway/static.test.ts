import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStaticSite } from './static.ts';
import { noise, sameBytes } from './testing/origin.ts';

const AUDIO = noise(100_000);
const SCRIPT = `console.log(${JSON.stringify('x'.repeat(5000))});`;
const INDEX = '<!doctype html><title>Stowaway</title>';

let folder: string;
let site: (request: Request) => Promise<Response>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stowaway-static-'));
  const files: Record<string, string | Uint8Array> = {
    'app/index.html': INDEX,
    'app/sw.js': 'self;',
    'app/manifest.webmanifest': '{}',
    'app/assets/main-abc123.js': SCRIPT,
    'app/assets/empty.css': '',
    'app/sample/feed.xml': '<rss/>',
    'app/sample/1.mp3': AUDIO,
    'app/sample/1.vtt': 'WEBVTT',
    'app/sample/chapters.json': '{}',
    'app/icons/ä b.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'app/..odd': 'odd',
    'secret.txt': 'secret',
    'app-secret/secret.txt': 'secret',
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await symlink(join(folder, 'secret.txt'), join(folder, 'app/link.txt'));
  await symlink(folder, join(folder, 'app/up'));
  site = createStaticSite(join(folder, 'app'), { allowAddresses: [], https: false });
});

afterAll(() => rm(folder, { recursive: true }));

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  site(new Request(`http://localhost${path}`, { headers, method }));

describe('the static server', () => {
  it.each([
    ['/index.html', 'text/html; charset=utf-8', 'no-cache'],
    ['/sw.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/manifest.webmanifest', 'application/manifest+json', 'no-cache'],
    [
      '/assets/main-abc123.js',
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ],
    ['/sample/feed.xml', 'application/rss+xml', 'no-cache'],
    ['/sample/1.mp3', 'audio/mpeg', 'no-cache'],
    ['/sample/1.vtt', 'text/vtt; charset=utf-8', 'no-cache'],
    ['/sample/chapters.json', 'application/json', 'no-cache'],
    ['/icons/%C3%A4%20b.svg', 'image/svg+xml', 'no-cache'],
    ['/..odd', 'application/octet-stream', 'no-cache'],
  ])('serves %s as %s', async (path, type, cacheControl) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('cache-control')).toBe(cacheControl);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
  });

  it.each([
    '/',
    '/library',
    '/episodes/abc',
    '/samples',
    '/apis',
    '/assetsx',
    '/foo.bar',
    '/%ff',
    '/%00',
  ])('answers %s with the page', async (path) => {
    const response = await get(path, { 'sec-fetch-mode': 'cors' });
    expect([response.status, await response.text()]).toEqual([200, INDEX]);
    expect(response.headers.get('content-security-policy')).toContain('trusted-types');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  it.each([
    '/api',
    '/api/unknown',
    '/media/abc',
    '/artwork/abc',
    '/sample',
    '/sample/',
    '/sample/none.mp3',
    '/healthz',
    '/healthz/x',
    '/assets',
    '/assets/old-123.js',
    '/sw.js/x',
  ])('answers %s with 404, also to what calls itself a navigation', async (path) => {
    const response = await get(path, { 'sec-fetch-mode': 'navigate' });
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('Not found');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/%2e%2e%2fapp-secret%2fsecret.txt',
    '/sample/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '//etc/passwd',
    '/link.txt',
    '/up/secret.txt',
    '/index.html%00.mp3',
  ])('keeps to its folder when asked for %s', async (path) => {
    const text = await (await get(path)).text();
    expect([INDEX, 'Not found']).toContain(text);
  });

  it('only reads', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await get('/', {}, method);
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
  });

  it('gives the worker a policy of its own', async () => {
    const response = await get('/sw.js', { 'service-worker': 'script' });
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script/);
    expect(response.headers.get('service-worker-allowed')).toBeNull();
  });

  describe('for audio', () => {
    it.each([
      ['bytes=0-', 206, 0, 99_999],
      ['bytes=10-19', 206, 10, 19],
      ['bytes=-5', 206, 99_995, 99_999],
      ['bytes=99990-200000', 206, 99_990, 99_999],
      ['bytes=0-1,4-5', 200, 0, 99_999],
      ['nonsense', 200, 0, 99_999],
    ])('answers the range %s', async (range, status, start, end) => {
      const response = await get('/sample/1.mp3', { range });
      expect(response.status).toBe(status);
      expect(response.headers.get('content-range')).toBe(
        status === 206 ? `bytes ${start}-${end}/100000` : null,
      );
      expect(response.headers.get('content-length')).toBe(String(end - start + 1));
      expect(response.headers.get('accept-ranges')).toBe('bytes');
      expect(sameBytes(await response.arrayBuffer(), AUDIO.slice(start, end + 1))).toBe(true);
    });

    it('says where the end is', async () => {
      const response = await get('/sample/1.mp3', { range: 'bytes=100000-' });
      expect([response.status, response.headers.get('content-range')]).toEqual([
        416,
        'bytes */100000',
      ]);
    });

    it('answers HEAD without a body', async () => {
      const response = await get('/sample/1.mp3', { range: 'bytes=0-1' }, 'HEAD');
      expect([response.status, response.headers.get('content-length')]).toEqual([200, '100000']);
      expect(await response.text()).toBe('');
    });

    it('gives no part of a version that the client does not hold', async () => {
      const etag = (await get('/sample/1.mp3')).headers.get('etag') ?? '';
      const range = 'bytes=0-9';
      expect((await get('/sample/1.mp3', { range, 'if-range': etag })).status).toBe(206);
      expect((await get('/sample/1.mp3', { range, 'if-range': '"old"' })).status).toBe(200);
    });

    it('keeps the validator while the bytes stay, and changes it with them', async () => {
      const path = join(folder, 'app/sample/1.mp3');
      const etag = async () => (await get('/sample/1.mp3')).headers.get('etag');
      const before = await etag();
      await utimes(path, 1, 1);
      expect(await etag()).toBe(before);
      await writeFile(path, noise(100_000, 2));
      expect(await etag()).not.toBe(before);
      await writeFile(path, AUDIO);
    });
  });

  describe('in fewer bytes', () => {
    it.each([
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
      ['gzip, br;q=0', 'gzip', gunzipSync],
    ])('packs text for %s', async (accept, encoding, unpack) => {
      const response = await get('/assets/main-abc123.js', { 'accept-encoding': accept });
      expect(response.headers.get('content-encoding')).toBe(encoding);
      expect(response.headers.get('vary')).toBe('Accept-Encoding');
      expect(response.headers.get('etag')).toMatch(new RegExp(`-${encoding}"$`));
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(response.headers.get('content-length')).toBe(String(bytes.length));
      expect(unpack(bytes).toString()).toBe(SCRIPT);
    });

    it.each([
      ['/assets/main-abc123.js', {}],
      ['/assets/main-abc123.js', { 'accept-encoding': 'identity' }],
      ['/assets/main-abc123.js', { 'accept-encoding': 'br', range: 'bytes=0-' }],
      ['/sample/1.mp3', { 'accept-encoding': 'br' }],
      ['/manifest.webmanifest', { 'accept-encoding': 'br' }],
      ['/assets/empty.css', { 'accept-encoding': 'br' }],
    ])('leaves %s alone for %j', async (path, headers) => {
      const response = await get(path, headers);
      expect(response.headers.get('content-encoding')).toBeNull();
      expect((await response.arrayBuffer()).byteLength).toBe(
        Number(response.headers.get('content-length')),
      );
    });

    it('sends nothing that the client knows already', async () => {
      for (const accept of ['br', 'identity']) {
        const headers = { 'accept-encoding': accept };
        const etag = (await get('/assets/main-abc123.js', headers)).headers.get('etag') ?? '';
        for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
          const response = await get('/assets/main-abc123.js', {
            ...headers,
            'if-none-match': known,
          });
          expect(response.status).toBe(304);
          expect(response.headers.get('etag')).toBe(etag);
        }
      }
      expect((await get('/sw.js', { 'if-none-match': '"other"' })).status).toBe(200);
    });
  });

  it('is 404 where nothing was built', async () => {
    const empty = createStaticSite(join(folder, 'nothing'), { allowAddresses: [], https: false });
    expect((await empty(new Request('http://localhost/'))).status).toBe(404);
  });
});
