import { afterEach, beforeEach, expect, it } from 'vitest';
import { Tap } from '../../core/messaging/tap.ts';
import { BrowserStatus } from './app-status.ts';
import { hadLibrary, rememberLibrary } from './library-memory.ts';
import { WorkerLink } from './worker-link.ts';

/* A library that is gone as a whole: storage goes without a word, and a cookie is left. */

/** To no worker, which never says a word. */
const link = new WorkerLink(undefined, new Promise(() => undefined), new Tap('page'));

beforeEach(() => rememberLibrary(false));
afterEach(() => rememberLibrary(false));

function aStatus(): { status: BrowserStatus; changes: () => number } {
  const status = new BrowserStatus(undefined, link);
  let changes = 0;
  status.addEventListener('change', () => {
    changes += 1;
  });
  return { status, changes: () => changes };
}

it('nothing is missed where nothing ever was', () => {
  const { status } = aStatus();
  status.checkLibrary(true);
  expect(status.libraryLost).toBe(false);
});

it('a library that is there is remembered, outside of what a browser evicts', () => {
  const { status } = aStatus();
  status.checkLibrary(false);
  expect(status.libraryLost).toBe(false);
  expect(hadLibrary()).toBe(true);
  expect(document.cookie).toContain('stowaway-library=1');
});

it('one that was there and is gone is said, until somebody has taken note of it', () => {
  rememberLibrary(true);
  const { status, changes } = aStatus();
  status.checkLibrary(true);
  expect(status.libraryLost).toBe(true);
  expect(changes()).toBeGreaterThan(0);
  status.acknowledgeLoss();
  expect(status.libraryLost).toBe(false);
  const { status: next } = aStatus();
  next.checkLibrary(true);
  expect(next.libraryLost).toBe(false);
});

it('one that was given up is not missed', () => {
  rememberLibrary(true);
  rememberLibrary(false);
  expect(hadLibrary()).toBe(false);
});
