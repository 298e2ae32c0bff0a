import { describe, expect, it } from 'vitest';
import { href, parseRoute, type Route } from './router.ts';

describe('parseRoute', () => {
  const routes: [string, Route][] = [
    ['#/', { page: 'library' }],
    ['#/episodes', { page: 'episodes' }],
    ['#/inspector', { page: 'inspector' }],
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
    '#/library/x',
  ]) {
    it(`takes ${hash || 'nothing'} for the library`, () => {
      expect(parseRoute(hash)).toEqual({ page: 'library' });
    });
  }
});
