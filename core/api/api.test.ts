import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { ParsedEpisode, ParsedFeed } from '../model/parsed-feed.ts';
import { failureSchema } from './failure.ts';
import { feedsRequestSchema, feedsResponseSchema } from './feeds.ts';
import { parsedFeedSchema } from './parsed-feed.ts';
import { relayPath } from './paths.ts';

const episode: ParsedEpisode = {
  guid: undefined,
  title: 'One',
  link: undefined,
  description: undefined,
  publishedAt: undefined,
  durationS: undefined,
  explicit: false,
  season: undefined,
  episode: 1,
  kind: undefined,
  imageUrl: undefined,
  enclosure: { url: 'https://example.com/1.mp3', type: undefined, sizeBytes: undefined },
  alternateEnclosures: [
    {
      type: undefined,
      sizeBytes: undefined,
      bitrate: undefined,
      title: undefined,
      isDefault: undefined,
      integrity: undefined,
      sources: [{ url: 'https://example.com/1.opus', type: undefined }],
    },
  ],
  chaptersUrl: undefined,
  chapters: [{ startS: 0, title: undefined }],
  transcripts: [{ url: 'https://example.com/1.vtt', type: undefined }],
  persons: [{ name: 'A', role: undefined, group: undefined, url: undefined, imageUrl: undefined }],
};

const feed: ParsedFeed = {
  title: undefined,
  link: undefined,
  description: undefined,
  imageUrl: undefined,
  language: undefined,
  author: undefined,
  ownerName: undefined,
  ownerEmail: undefined,
  explicit: undefined,
  kind: undefined,
  guid: undefined,
  newFeedUrl: undefined,
  nextPageUrl: undefined,
  funding: [{ url: 'https://example.com/', title: undefined }],
  persons: [],
  episodes: [episode],
};

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('what app and gateway say to each other', () => {
  it('is a feed with every `undefined` back in its place', () => {
    expect(v.parse(parsedFeedSchema, throughJson(feed))).toStrictEqual(feed);
  });

  it.each([
    ['no episodes', { ...feed, episodes: undefined }],
    ['an episode that is null', { ...feed, episodes: [null] }],
    ['a number for a title', { ...feed, title: 1 }],
    ['an unknown kind', { ...feed, kind: 'weekly' }],
  ])('is no feed with %s', (_, value) => {
    expect(v.is(parsedFeedSchema, throughJson(value))).toBe(false);
  });

  it('drops what nobody knows, and what would touch a prototype', () => {
    const json = JSON.stringify(feed).replace('{', '{"__proto__":{"polluted":1},"extra":1,');
    expect(v.parse(parsedFeedSchema, JSON.parse(json))).toStrictEqual(feed);
  });

  it('is a failure that the model knows', () => {
    expect(v.parse(failureSchema, { code: 'no-space' })).toStrictEqual({
      code: 'no-space',
      neededBytes: undefined,
    });
    expect(v.is(failureSchema, { code: 'feed-not-found', status: 404 })).toBe(true);
    expect(v.is(failureSchema, { code: 'feed-not-found' })).toBe(false);
    expect(v.is(failureSchema, { code: 'made-up' })).toBe(false);
  });

  it('is one of three results for each feed', () => {
    const results = [
      { status: 'fetched', feedUrl: 'https://example.com/', feed, relayTokens: [['a', 'b']] },
      { status: 'not-modified' },
      { status: 'failed', failure: { code: 'feed-timeout' } },
    ];
    expect(v.parse(feedsResponseSchema, throughJson({ results }))).toMatchObject({ results });
    expect(v.is(feedsResponseSchema, { results: [{ status: 'fetched' }] })).toBe(false);
  });

  it('is a closed question', () => {
    expect(v.is(feedsRequestSchema, { feeds: [{ url: 'https://example.com/' }] })).toBe(true);
    expect(v.is(feedsRequestSchema, { feeds: [] })).toBe(false);
    expect(v.is(feedsRequestSchema, { feeds: [{ url: 'x', headers: {} }] })).toBe(false);
    expect(v.is(feedsRequestSchema, { feeds: [{ url: 'x', etag: '"a"\nX: y' }] })).toBe(false);
  });

  it('is an address with the version that is wanted', () => {
    expect(relayPath('a.b')).toBe('api/relay/a.b');
    expect(relayPath('a.b', '"v/1"')).toBe('api/relay/a.b?etag=%22v%2F1%22');
    expect(relayPath('a.b', '"1"', 204)).toBe('api/relay/a.b?etag=%221%22&changed=204');
    expect(relayPath('a.b', undefined, 204)).toBe('api/relay/a.b');
  });
});
