import { describe, expect, it } from 'vitest';
import type { DownloadState, PauseReason } from '../../core/model/download.ts';
import type { Failure } from '../../core/model/failure.ts';
import { failureText } from '../failure-text.ts';
import { buttonsFor, explanation, playsOffline, statusText } from './download-words.ts';

/** Everything that a download can end in. */
const ends: Failure[] = [
  { code: 'enclosure-missing' },
  { code: 'enclosure-not-found', status: 404 },
  { code: 'enclosure-denied', status: 403 },
  { code: 'enclosure-http-status', status: 503 },
  { code: 'enclosure-unreachable' },
  { code: 'enclosure-refused' },
  { code: 'enclosure-not-audio' },
  { code: 'enclosure-changed' },
  { code: 'enclosure-integrity' },
  { code: 'play-only' },
  { code: 'gateway-unreachable' },
  { code: 'offline' },
  { code: 'no-space', neededBytes: undefined },
  { code: 'unexpected', detail: '' },
];

describe.each(ends)('Failed with $code', (failure) => {
  const state: DownloadState = { kind: 'failed', failure };

  it('says why', () => {
    expect(statusText(state)).toBe('Failed');
    expect(explanation({ state })).toBe(failureText(failure));
  });

  it('offers another try where its words do, and no other', () => {
    const { onward, ending } = buttonsFor(state);
    expect(ending).toBe('Delete');
    const speaksOfAnother = /\btry again\b/i.test(failureText(failure));
    expect(onward).toBe(speaksOfAnother ? 'Download' : undefined);
  });
});

it.each<[PauseReason, RegExp | undefined]>([
  ['user', undefined],
  ['space', /Delete an episode/],
  ['network', /by itself/],
  ['unmetered', /by itself.*Resume/],
  ['retry', /by itself/],
])('Paused for %s says what it waits for, and can be resumed', (reason, words) => {
  const state: DownloadState = { kind: 'paused', reason };
  if (words) expect(explanation({ state })).toMatch(words);
  else expect(explanation({ state })).toBeUndefined();
  expect(buttonsFor(state)).toEqual({ onward: 'Resume', ending: 'Cancel' });
});

it('a long wait says when it ends', () => {
  const state: DownloadState = { kind: 'paused', reason: 'retry' };
  const retryAt = new Date(2026, 10, 1, 14, 5).getTime();
  expect(explanation({ state, retryAt })).toContain('at 14:05');
});

describe('without a connection', () => {
  const plays = (state: DownloadState, receivedBytes: number) =>
    playsOffline({ state, receivedBytes });

  it('what is half here plays, and what is going or gone does not', () => {
    const half: DownloadState[] = [
      { kind: 'queued' },
      { kind: 'active' },
      { kind: 'verifying' },
      { kind: 'paused', reason: 'user' },
      { kind: 'failed', failure: { code: 'enclosure-unreachable' } },
    ];
    for (const state of half) {
      expect([plays(state, 1), plays(state, 0)], state.kind).toEqual([true, false]);
    }
    expect(plays({ kind: 'committed' }, 1)).toBe(true);
    expect(plays({ kind: 'deleting', again: false }, 1)).toBe(false);
    expect(plays({ kind: 'evicted' }, 1)).toBe(false);
    expect(playsOffline(undefined)).toBe(false);
  });
});
