import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { digestOf, noise, wav } from './audio-body.ts';
import { type OriginFeed, PodcastOrigin } from './podcast-origin.ts';

// The tests of the product believe what the origin counts and breaks, so it is tested itself.

const SIZE_BYTES = 1_000_003;

let origin: PodcastOrigin;
let feed: OriginFeed;

beforeEach(async () => {
  origin = await PodcastOrigin.start();
  feed = origin.addFeed({
    title: 'Tests & <trials>',
    episodes: [
      { title: 'Noise', audio: noise({ sizeBytes: SIZE_BYTES, seed: 7 }) },
      { title: 'Tone', audio: wav({ durationS: 2, seed: 1 }), durationS: 2 },
    ],
  });
});

afterEach(() => origin.close());

function ask(title: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`http://${origin.host}${feed.episode(title).path}`, { headers });
}

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

describe('a body', () => {
  it.each([
    ['noise', noise({ sizeBytes: 200_001, seed: 3 })],
    ['wav, 8 bit', wav({ durationS: 3, seed: 3 })],
    ['wav, 16 bit', wav({ durationS: 3, seed: 3, bytesPerSample: 2 })],
  ])('is the same however it is cut (%s)', (_, body) => {
    const whole = body.read(0, body.sizeBytes);
    expect(whole.length).toBe(body.sizeBytes);
    for (const pieceBytes of [7, 333, 65_536]) {
      const pieces: Buffer[] = [];
      for (let at = 0; at < body.sizeBytes; at += pieceBytes)
        pieces.push(body.read(at, pieceBytes));
      expect(Buffer.concat(pieces).equals(whole)).toBe(true);
    }
    expect(digestOf(body)).toBe(createHash('sha256').update(whole).digest('hex'));
  });

  it('differs by its seed', () => {
    const one = noise({ sizeBytes: 1000, seed: 1 });
    const other = noise({ sizeBytes: 1000, seed: 2 });
    expect(digestOf(one)).not.toBe(digestOf(other));
    expect(one.tag).not.toBe(other.tag);
  });
});

describe('the feed', () => {
  it('holds addresses of the host that was asked', async () => {
    const xml = await (await fetch(feed.url)).text();
    expect(xml).toContain('Tests &#38; &#60;trials&#62;');
    expect(xml).toContain(`<enclosure url="http://${origin.host}${feed.episode('Noise').path}"`);
    const other = `localhost:${origin.port}`;
    expect(await (await fetch(feed.urlAt(other))).text()).toContain(`url="http://${other}/`);
  });

  it('is not sent again to who has it', async () => {
    const etag = (await fetch(feed.url)).headers.get('etag') ?? '';
    const again = await fetch(feed.url, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });
});

describe('ranges', () => {
  it.each([
    ['bytes=0-', 0, SIZE_BYTES],
    ['bytes=10-19', 10, 20],
    ['bytes=1000000-2000000', 1_000_000, SIZE_BYTES],
    ['bytes=-5', SIZE_BYTES - 5, SIZE_BYTES],
  ])('answers %s', async (range, start, end) => {
    const response = await ask('Noise', { range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${SIZE_BYTES}`);
    expect(response.headers.get('content-length')).toBe(String(end - start));
    const expected = feed.episode('Noise').audio.read(start, end - start);
    expect((await bytesOf(response)).equals(expected)).toBe(true);
  });

  it('refuses what lies beyond the end', async () => {
    const response = await ask('Noise', { range: `bytes=${SIZE_BYTES}-` });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${SIZE_BYTES}`);
  });

  it('answers with the whole where they are off, or the version is another', async () => {
    expect((await ask('Noise', { range: 'bytes=5-9', 'if-range': '"old"' })).status).toBe(200);
    feed.episode('Noise').set({ ranges: false });
    const response = await ask('Noise', { range: 'bytes=5-9' });
    expect(response.status).toBe(200);
    expect(response.headers.get('accept-ranges')).toBeNull();
    const sha256 = createHash('sha256')
      .update(await bytesOf(response))
      .digest('hex');
    expect(sha256).toBe(feed.episode('Noise').digest());
  });
});

describe('switches', () => {
  it('hold for the host, and first for the episode', async () => {
    origin.set({ cors: false, etag: 'none' });
    feed.episode('Tone').set({ cors: true });
    const noisy = await ask('Noise');
    expect(noisy.headers.get('access-control-allow-origin')).toBeNull();
    expect(noisy.headers.get('etag')).toBeNull();
    expect((await ask('Tone')).headers.get('access-control-allow-origin')).toBe('*');
  });

  it('give another ETag to other bytes, or to the same ones', async () => {
    const first = (await ask('Noise')).headers.get('etag');
    feed.episode('Noise').replaceAudio(noise({ sizeBytes: SIZE_BYTES, seed: 8 }));
    const second = (await ask('Noise')).headers.get('etag');
    expect(second).not.toBe(first);
    feed.episode('Noise').set({ etag: 'changing' });
    const third = (await ask('Noise')).headers.get('etag');
    expect((await ask('Noise')).headers.get('etag')).not.toBe(third);
  });

  it('give a page for audio, a status, a header', async () => {
    feed.episode('Noise').set({ html: true });
    expect((await ask('Noise')).headers.get('content-type')).toContain('text/html');
    feed.episode('Noise').set({ html: false, status: 503, headers: { 'retry-after': '7' } });
    const response = await ask('Noise');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7']);
  });
});

describe('faults', () => {
  it('break an answer after exactly so many bytes, so many times', async () => {
    const episode = feed.episode('Noise');
    for (const kind of ['reset', 'close'] as const) {
      episode.set({ fault: { kind, afterBytes: 300_000, times: 1 } });
      await expect(ask('Noise').then(bytesOf)).rejects.toThrow();
      expect(episode.requests.at(-1)?.bytesSent).toBe(300_000);
      expect((await bytesOf(await ask('Noise'))).length).toBe(SIZE_BYTES);
    }
  });

  it('end an answer without a length early, as if it were all', async () => {
    feed.episode('Noise').set({ contentLength: false, fault: { kind: 'close', afterBytes: 9 } });
    expect((await bytesOf(await ask('Noise'))).length).toBe(9);
  });

  it('hold an answer until they are taken away', async () => {
    const episode = feed.episode('Noise');
    episode.set({ fault: { kind: 'stall', afterBytes: 500_000 } });
    const bytes = ask('Noise').then(bytesOf);
    await vi.waitFor(() => expect(episode.bytesSent).toBe(500_000));
    expect(episode.requests[0]?.ended).toBe(false);
    episode.set({ fault: undefined });
    expect((await bytes).length).toBe(SIZE_BYTES);
    await vi.waitFor(() => expect(episode.requests[0]?.ended).toBe(true));
  });

  it('let a throttled answer go on at once when the throttle is gone', async () => {
    const episode = feed.episode('Noise');
    episode.set({ bytesPerSecond: 40 });
    const bytes = ask('Noise').then(bytesOf);
    await vi.waitFor(() => expect(episode.bytesSent).toBeGreaterThan(0));
    episode.set({ bytesPerSecond: Number.POSITIVE_INFINITY });
    expect((await bytes).length).toBe(SIZE_BYTES);
  });
});

it('records what is asked, and what was sent to a client that left', async () => {
  const episode = feed.episode('Noise');
  episode.set({ bytesPerSecond: 100_000 });
  const client = new AbortController();
  const url = `http://${origin.host}${episode.path}`;
  const response = await fetch(url, { signal: client.signal, headers: { range: 'bytes=100-' } });
  await response.body?.getReader().read();
  client.abort();
  await vi.waitFor(() => expect(episode.requests[0]?.ended).toBe(true));
  expect(origin.requests).toHaveLength(1);
  expect(origin.requests[0]).toMatchObject({ method: 'GET', range: 'bytes=100-', status: 206 });
  expect(episode.bytesSent).toBeLessThan(SIZE_BYTES);
});
