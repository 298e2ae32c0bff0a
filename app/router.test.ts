import { describe, expect, it } from 'vitest';
import { href, parseRoute, type Route } from './router.ts';

describe('parseRoute', () => {
  const routes: [string, Route][] = [
    ['#/', { page: 'library' }],
    ['#/episodes', { page: 'episodes' }],
    ['#/inspector', { page: 'inspector' }],
    ['#/podcast/a-B_9', { page: 'podcast', id: 'a-B_9' } as Route],
    ['#/episode/x', { page: 'episode', id: 'x' } as Route],
  ];
  for (const [hash, route] of routes) {
    it(`reads ${hash} and writes it again`, () => {
      expect(parseRoute(hash)).toEqual(route);
      expect(href(route)).toBe(hash);
    });
  }

  for (const hash of [
    '',
    '#',
    '#/nowhere',
    '#/podcast',
    '#/podcast/',
    '#/podcast/a/b',
    '#/podcast/%3Cscript%3E',
    '#/__proto__',
    '#/library/x',
  ]) {
    it(`takes ${hash || 'nothing'} for the library`, () => {
      expect(parseRoute(hash)).toEqual({ page: 'library' });
    });
  }
});
