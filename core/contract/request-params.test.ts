import { describe, expect, it } from 'vitest';
import { areParams, areStreamParams, isRequestType, isStreamType } from './entrance.ts';
import type { RequestType } from './requests.ts';
import { ownProto } from './testing/own-proto.ts';

const episodeId = 'episode-1';
const fetchId = 'attempt:3';

/** One good example of every request's parameters. */
const good: Record<RequestType, object> = {
  'worker/version': {},
  'worker/claim': {},
  'worker/make-way': {},
  'podcast/subscribe': { address: 'example.com/feed' },
  'podcast/subscribe-found': { query: 'night ferry', podcastId: 'p1' },
  'directory/search': { query: 'night ferry', keep: true },
  'podcast/refresh': { podcastId: 'p' },
  'outbox/retry': { sequence: 1 },
  'outbox/discard': { sequence: 1 },
  'podcast/unsubscribe': { podcastId: 'p' },
  'opml/import': {
    importId: 'i',
    feeds: [{ address: 'https://example.com/', title: null, usable: true }],
    firstPosition: 0,
    isLast: true,
  },
  'opml/fetch': { importId: 'i', address: 'example.com/list' },
  'imports/advance': {},
  'imports/cancel': {},
  'imports/resume': {},
  'imports/clear': {},
  'podcasts/refresh': { since: null },
  'podcast/follow': { podcastId: 'p', change: { announce: false } },
  'episodes/seen': { podcastId: null },
  'episode/chapters': { episodeId },
  'episode/transcript': { episodeId },
  'episode/relay': { episodeId },
  'download/start': { episodeId },
  'download/pause': { episodeId },
  'download/resume': { episodeId },
  'download/delete': { episodeId },
  'download/keep': { episodeId },
  'download/unkeep': { episodeId },
  'download/move': { episodeId, before: null },
  'download/claim': {},
  'download/launched': { fetchId, refusal: null },
  'downloads/advance': {},
  'downloads/reconcile': {},
  'downloads/pause': {},
  'downloads/resume': {},
  'downloads/remove': { episodeIds: [episodeId] },
  'downloads/restore': { episodeIds: [episodeId] },
  'playback/save': { episodeId, positionS: 12.5 },
  'inspector/broadcast': {},
  'inspector/whisper': {},
  'inspector/hush': {},
  'settings/save': { change: { theme: 'dark' } },
  'cache/keep': { artworkOf: ['p', episodeId], companionsOf: [episodeId] },
};
const requests = Object.entries(good) as [RequestType, object][];

describe.each(requests)('the parameters of %s', (type, params) => {
  it('pass when they are exactly those of the contract', () => {
    expect(areParams(type, params)).toBe(true);
  });

  it('pass after a structured clone', () => {
    expect(areParams(type, structuredClone(params))).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'episode-1'],
    ['a number', 1],
  ])('are refused when they are %s', (_name, value) => {
    expect(areParams(type, value)).toBe(false);
  });

  it('are refused with one field more', () => {
    expect(areParams(type, { ...params, extra: 1 })).toBe(false);
    expect(areParams(type, { ...params, url: 'https://example.com' })).toBe(false);
    expect(areParams(type, ownProto(params))).toBe(false);
  });

  it('are refused with one field less', () => {
    for (const name of Object.keys(params)) {
      const { [name]: _left, ...others } = params as Record<string, unknown>;
      expect(areParams(type, others), `without ${name}`).toBe(false);
    }
  });

  it('are refused with a field of the wrong type', () => {
    for (const name of Object.keys(params)) {
      for (const wrong of [undefined, true, {}, [{}], -1, '']) {
        if ((name === 'isLast' || name === 'keep') && wrong === true) continue;
        if (name === 'address' && wrong === '') continue;
        expect(areParams(type, { ...params, [name]: wrong }), `${name}: ${wrong}`).toBe(false);
      }
    }
  });
});

describe('parameters in the shape of something else', () => {
  it.each([
    [[]],
    [new Date(0)],
    [new Map()],
    [new Set()],
    [/x/],
    [new Uint8Array()],
    [new Error()],
  ])('are refused where nothing is expected: %o', (it) => {
    expect(areParams('worker/version', it)).toBe(false);
    expect(areStreamParams('downloads/progress', it)).toBe(false);
  });

  it('are refused where fields are expected, though they have them', () => {
    for (const it of [[], new Date(0), new Map(), Object.create({})]) {
      expect(areParams('download/start', Object.assign(it, { episodeId }))).toBe(false);
    }
  });

  it('are refused when the fields are only inherited', () => {
    expect(areParams('download/start', Object.create({ episodeId }))).toBe(false);
    expect(areParams('worker/version', Object.create({ toString: () => '' }))).toBe(false);
  });

  it('pass without a prototype at all', () => {
    expect(areParams('worker/version', Object.create(null))).toBe(true);
  });

  it('are not looked into when a list is too long', () => {
    const artworkOf = new Proxy(Array.from({ length: 201 }), {
      get: (list, name) => (name === 'length' ? list.length : expect.unreachable(String(name))),
    });
    expect(areParams('cache/keep', { artworkOf })).toBe(false);
  });
});

describe('single fields', () => {
  it.each(['', 'a b', '../x', 'x'.repeat(65), 'https://example.com'])(
    'refuse %j as an id',
    (id) => {
      expect(areParams('download/start', { episodeId: id })).toBe(false);
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -0.001])(
    'refuse %d as a position',
    (positionS) => {
      expect(areParams('playback/save', { episodeId, positionS })).toBe(false);
    },
  );

  it.each(['attempt', 'attempt:', ':1', 'a:b', 'a:-1', 'a:1:2', `${'x'.repeat(65)}:1`, 'a:1e9'])(
    'refuse %j as the id of a fetch',
    (id) => {
      expect(areParams('download/launched', { fetchId: id, refusal: null })).toBe(false);
    },
  );

  it('refuse a reason for refusal that is not in the contract', () => {
    expect(areParams('download/launched', { fetchId, refusal: 'no-space' })).toBe(true);
    expect(areParams('download/launched', { fetchId, refusal: 'toString' })).toBe(false);
  });

  it('refuse a cause of a step that is not in the contract', () => {
    expect(areParams('downloads/advance', { by: 'online' })).toBe(true);
    expect(areParams('downloads/advance', { by: 'toString' })).toBe(false);
  });

  it('refuse what is too long: an address over 4096 characters, a list of more than 200', () => {
    const list = (length: number) => Array.from({ length }, () => 'p');
    expect(areParams('podcast/subscribe', { address: 'x'.repeat(4096) })).toBe(true);
    expect(areParams('podcast/subscribe', { address: 'x'.repeat(4097) })).toBe(false);
    expect(areParams('directory/search', { query: 'x'.repeat(200), keep: true })).toBe(true);
    expect(areParams('directory/search', { query: 'x'.repeat(201), keep: true })).toBe(false);
    const keep = (artworkOf: string[], companionsOf: string[]) =>
      areParams('cache/keep', { artworkOf, companionsOf });
    expect(keep(list(200), list(50))).toBe(true);
    expect(keep(list(201), [])).toBe(false);
    expect(keep([], list(51))).toBe(false);
  });
});

describe('a change of settings', () => {
  it.each([[{ theme: 'system' }], [{ theme: 'light' }], [{ notifyFinished: true }]])(
    'may be %j',
    (change) => {
      expect(areParams('settings/save', { change })).toBe(true);
    },
  );

  it.each([
    [{ theme: 'toString' }],
    [{ theme: undefined }],
    [{ notifyFinished: 1 }],
    [{ theme: 'dark', notifyFinished: true }],
    [{ colour: 'red' }],
  ])('may not be %j', (change) => {
    expect(areParams('settings/save', { change })).toBe(false);
  });
});

describe('names', () => {
  it('of requests and streams are known', () => {
    for (const [type] of requests) expect(isRequestType(type)).toBe(true);
    expect(isStreamType('downloads/progress')).toBe(true);
    expect(areStreamParams('downloads/progress', {})).toBe(true);
    expect(areStreamParams('downloads/progress', { episodeId })).toBe(false);
  });

  it.each(['', 'download/stop', 'Download/start', '__proto__', 'constructor', 'toString'])(
    'such as %j are not',
    (name) => {
      expect(isRequestType(name)).toBe(false);
      expect(isStreamType(name)).toBe(false);
    },
  );
});
