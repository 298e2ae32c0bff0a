import { describe, expect, it } from 'vitest';
import {
  areParams,
  areStreamParams,
  isEnvelope,
  isRequestType,
  isSkipWaiting,
  isStreamType,
} from './entrance.ts';
import { envelope, refusal } from './envelope.ts';
import {
  isBroadcast,
  isCacheUpdate,
  isForeign,
  isForeignBroadcast,
  isReply,
  isStreamMessage,
  isTabEnvelope,
} from './guards.ts';
import type { RequestType } from './requests.ts';
import { PROTOCOL } from './version.ts';

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

/** The object, with an own field of this name: so it arrives when somebody sends one. */
function ownProto(object: object): object {
  const fields = Object.entries(object).map(
    ([name, value]) => `"${name}":${JSON.stringify(value)}`,
  );
  return JSON.parse(`{${['"__proto__":{}', ...fields].join()}}`);
}

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

describe('isTabEnvelope', () => {
  const of = (message: unknown) => ({ protocol: 1, kind: 'tab', tabId: 'tab-1', message });
  const started = { type: 'player/started', episodeId, startedAt: 1.5 };

  it('takes what tabs say', () => {
    expect(isTabEnvelope(of(started))).toBe(true);
    expect(isTabEnvelope(of({ type: 'settings/changed' }))).toBe(true);
  });

  it.each([
    ['a bare string', 'playing'],
    ['a message without its envelope', started],
    ['a nameless tab', { ...of(started), tabId: '' }],
    ['an extra field', { ...of(started), url: 'https://example.com' }],
    ['settings in the message', of({ type: 'settings/changed', theme: 'dark' })],
    ['no time', of({ ...started, startedAt: Number.NaN })],
    ['an unknown name', of({ type: 'player/stopped' })],
    ['an own __proto__', ownProto(of(started))],
  ])('refuses %s', (_name, value) => {
    expect(isTabEnvelope(value)).toBe(false);
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

describe('isEnvelope', () => {
  const message = envelope('request', 'exchange-1', 'download/start', { episodeId });

  it('takes what we send, before and after a structured clone', () => {
    expect(isEnvelope(message)).toBe(true);
    expect(isEnvelope(structuredClone(message))).toBe(true);
    expect(isEnvelope({ ...message, kind: 'stream' })).toBe(true);
  });

  it('leaves another protocol to be answered, not dropped', () => {
    expect(isEnvelope({ ...message, protocol: 99 })).toBe(true);
  });

  it.each([
    ['a bare string', 'download/start'],
    ['null', null],
    ['an array', [message]],
    ['an unknown kind', { ...message, kind: 'broadcast' }],
    ['an extra field', { ...message, url: 'https://example.com' }],
    ['an own __proto__', ownProto(message)],
    ['a protocol that is text', { ...message, protocol: '1' }],
    ['a protocol that is no number', { ...message, protocol: Number.NaN }],
    ['a name that is too long', { ...message, type: 'x'.repeat(65) }],
    ['a name that is no text', { ...message, type: { toString: () => 'download/start' } }],
    ['no parameters', { protocol: 1, kind: 'request', type: 'worker/version' }],
  ])('refuses %s', (_name, value) => {
    expect(isEnvelope(value)).toBe(false);
  });
});

describe('isSkipWaiting', () => {
  it('takes the one message of workbox-window', () => {
    expect(isSkipWaiting({ type: 'SKIP_WAITING' })).toBe(true);
  });

  it.each([
    undefined,
    null,
    'SKIP_WAITING',
    {},
    { type: 'skip_waiting' },
    { type: ['SKIP_WAITING'] },
    { type: 'SKIP_WAITING', junk: 1 },
    Object.assign([], { type: 'SKIP_WAITING' }),
  ])('refuses %j', (value) => {
    expect(isSkipWaiting(value)).toBe(false);
  });
});

describe('isBroadcast', () => {
  const of = (broadcast: unknown) => ({ protocol: 1, kind: 'broadcast', broadcast });

  it.each([
    { type: 'podcasts/changed', podcastIds: ['p'] },
    { type: 'downloads/changed', episodeIds: [] },
    { type: 'download/finished', episodeId },
    { type: 'download/failed', episodeId },
    { type: 'wake-ups/changed' },
    { type: 'window/brought-forward', destination: 'downloads', words: '' },
  ])('takes $type', (broadcast) => {
    expect(isBroadcast(of(broadcast))).toBe(true);
  });

  it.each([
    ['an unknown name', { type: 'download/begun', episodeId }],
    ['the fields of another', { type: 'download/failed', podcastIds: [] }],
    ['an extra field', { type: 'download/failed', episodeId, failure: {} }],
    ['a bad id', { type: 'downloads/changed', episodeIds: ['a b'] }],
    [
      'an address to go to',
      { type: 'window/brought-forward', destination: 'https://x.example', words: '' },
    ],
    ['no name', {}],
  ])('refuses %s', (_name, broadcast) => {
    expect(isBroadcast(of(broadcast))).toBe(false);
  });

  it('refuses what is no broadcast at all', () => {
    const finished = { type: 'download/finished', episodeId };
    expect(isBroadcast(finished)).toBe(false);
    expect(isBroadcast({ ...of(finished), extra: 1 })).toBe(false);
    expect(isBroadcast({ ...of(finished), kind: 'request' })).toBe(false);
  });
});

describe('isForeignBroadcast', () => {
  it('takes broadcasts of every protocol but ours, whatever they say', () => {
    for (const protocol of [PROTOCOL - 1, PROTOCOL + 1]) {
      expect(isForeignBroadcast({ protocol, kind: 'broadcast', broadcast: { type: 'new' } })).toBe(
        true,
      );
      expect(isForeignBroadcast({ protocol, kind: 'broadcast', words: [] })).toBe(true);
    }
  });

  it.each([
    ['ours', { protocol: PROTOCOL, kind: 'broadcast', broadcast: {} }],
    ['a request', { protocol: PROTOCOL + 1, kind: 'request' }],
    ['a protocol that is text', { protocol: '2', kind: 'broadcast' }],
    ['no protocol', { kind: 'broadcast' }],
    ['null', null],
    ['text', 'broadcast'],
  ])('refuses %s', (_name, value) => {
    expect(isForeignBroadcast(value)).toBe(false);
  });
});

describe('isCacheUpdate', () => {
  const type = 'CACHE_UPDATED';
  const meta = 'workbox-broadcast-update';
  const payload = { cacheName: 'artwork', updatedURL: 'https://podcast.example/cover.png' };

  it('takes the message of workbox-broadcast-update', () => {
    expect(isCacheUpdate({ type, meta, payload })).toBe(true);
  });

  it.each([
    ['another name', { type: 'CACHE_REPLACED', meta, payload }],
    ['another sender', { type, meta: 'somebody', payload }],
    ['an extra field', { type, meta, payload, html: '<b>' }],
    ['an extra fact', { type, meta, payload: { ...payload, fetch: true } }],
    [
      'the field as most examples spell it',
      { type, meta, payload: { cacheName: '', updatedUrl: '' } },
    ],
    ['an endless address', { type, meta, payload: { ...payload, updatedURL: 'x'.repeat(9000) } }],
    ['nothing to look at', { type, meta }],
    ['a broadcast of ours', { protocol: 1, kind: 'broadcast', broadcast: { type } }],
  ])('refuses %s', (_name, message) => {
    expect(isCacheUpdate(message)).toBe(false);
  });
});

describe('what comes back through a port', () => {
  const error = refusal('handler-failed', 'boom');
  const accepted = { protocol: PROTOCOL, kind: 'accepted', lifeId: 'life' };
  const result = { protocol: PROTOCOL, kind: 'result', result: undefined };
  const item = { protocol: PROTOCOL, kind: 'item', lifeId: 'life', item: [] };

  it('is a reply, or a message of a stream, and not the one for the other', () => {
    for (const it of [accepted, result, error]) expect(isReply(structuredClone(it))).toBe(true);
    for (const it of [item, error]) expect(isStreamMessage(structuredClone(it))).toBe(true);
    for (const it of [accepted, result]) expect(isStreamMessage(it)).toBe(false);
    expect(isReply(item)).toBe(false);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'result'],
    ['a list', [result]],
    ['a list with fields', Object.assign([], result)],
    ['an own __proto__', ownProto(error)],
    ['a field too many', { ...result, error }],
    ['a field too many of an error', { ...error, stack: 'at' }],
    ['no protocol', { kind: 'result', result: {} }],
    ['no result', { protocol: PROTOCOL, kind: 'result' }],
    ['no life', { protocol: PROTOCOL, kind: 'accepted' }],
    ['a life that is no text', { ...accepted, lifeId: {} }],
    ['an item without a life', { protocol: PROTOCOL, kind: 'item', item: [] }],
    ['an unknown kind', { ...result, kind: 'promise' }],
    ['an unknown code', { ...error, code: 'toString' }],
    ['words that are no text', { ...error, message: { toString: 'no' } }],
  ])('is neither with %s', (_name, value) => {
    expect(isReply(value)).toBe(false);
    expect(isStreamMessage(value)).toBe(false);
  });

  it('is foreign exactly where another protocol says so', () => {
    expect(isForeign({ protocol: PROTOCOL + 1, whatever: 'it says' })).toBe(true);
    expect(isForeign({ protocol: 0 })).toBe(true);
    for (const it of [result, null, undefined, 'text', {}, { protocol: '2' }]) {
      expect(isForeign(it)).toBe(false);
    }
  });
});
