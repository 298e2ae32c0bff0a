import { describe, expect, it } from 'vitest';
import { href, parseRoute, type Route } from './router.ts';

describe('parseRoute', () => {
  const routes: [string, Route][] = [
    ['#/', { page: 'library' }],
    ['#/episodes', { page: 'episodes' }],
    ['#/inspector', { page: 'inspector' }],
    ['#/import', { page: 'import' }],
    [
      '#/?subscribe=https%3A%2F%2Fa.example%2F%3Fb%3D1%23c',
      { page: 'library', address: 'https://a.example/?b=1#c' },
    ],
    ['#/podcast/a-B_9', { page: 'podcast', id: 'a-B_9' } as Route],
    ['#/search', { page: 'search' }],
    ['#/search/caf%C3%A9%20%2F%20%25', { page: 'search', words: 'café / %' }],
    ['#/episode/x', { page: 'episode', id: 'x' } as Route],
  ];
  for (const [hash, route] of routes) {
    it(`reads ${hash} and writes it again`, () => {
      expect(parseRoute(hash)).toEqual(route);
      expect(href(route)).toBe(hash);
    });
  }

  it('has no words where the address holds nonsense', () => {
    expect(parseRoute('#/search/%E0%A4%A')).toEqual({ page: 'search', words: '' });
  });

  for (const hash of [
    '',
    '#',
    '#/nowhere',
    '#/podcast',
    '#/podcast/',
    '#/podcast/a/b',
    '#/search/a/b',
    '#/podcast/%3Cscript%3E',
    '#/__proto__',
    '#/?subscribe=',
    '#/?other=x',
    '#/library/x',
  ]) {
    it(`takes ${hash || 'nothing'} for the library`, () => {
      expect(parseRoute(hash)).toEqual({ page: 'library' });
    });
  }

  it('fills in no address that cannot be read, and of a long one only so much', () => {
    expect(parseRoute('#/?subscribe=%E0%A4%A')).toEqual({ page: 'library', address: '' });
    const route = parseRoute(`#/?subscribe=${'x'.repeat(1e6)}`);
    expect('address' in route && route.address).toHaveLength(4096);
  });
});
