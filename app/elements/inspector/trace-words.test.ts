import { describe, expect, it } from 'vitest';
import { Recording } from './testing/recording.ts';
import { isFailed, nameOf, outcomeWords, plain, span } from './trace-words.ts';

const of = (outcome: string) => {
  const trace = new Recording().add('page', 'worker>page', { type: 'x', outcome });
  return isFailed(trace);
};

describe('words for traces', () => {
  it.each(['ok', '200 from cache', '206 from segments', '304 from network', 'accepted'])(
    '%s is no failure',
    (outcome) => expect(of(outcome)).toBe(false),
  );

  it.each([
    'RequestTimeoutError',
    'WorkerGoneError',
    'worker-gone',
    'given up',
    'handler-failed',
    'protocol-mismatch',
    'unknown-type',
    'bad-params',
    'TypeError',
    '504 from nowhere',
    '404 from network',
    '0 from network',
  ])('%s is one', (outcome) => expect(of(outcome)).toBe(true));

  it('shows what cannot be seen, and cuts between characters', () => {
    expect(plain('a\u202eb\u0000c\nd', 10)).toBe('a\ufffdb\ufffdc\ufffdd');
    expect(plain('🚢'.repeat(50), 4)).toBe('🚢🚢🚢…');
    expect(plain('abcd', 4)).toBe('abcd');
    expect(plain('abcde', 4)).toBe('abc…');
    expect(plain('x'.repeat(4096), 40)).toHaveLength(40);
  });

  it('names a fetch by its route', () => {
    const trace = new Recording().add('worker', 'browser>worker', {
      type: 'fetch',
      channel: 'event',
      data: '{"route":"media","url":"https://example.org/"}',
    });
    expect(nameOf(trace)).toBe('fetch media');
  });

  it('keeps codes that it does not know, even those of an object', () => {
    expect(outcomeWords('constructor')).toBe('constructor');
    expect(outcomeWords('RequestTimeoutError')).toBe('No answer in time');
  });

  it.each([
    [0.42, '0.4 ms'],
    [9.97, '10 ms'],
    [12.3, '12 ms'],
    [999.7, '1.0 s'],
    [4218, '4.2 s'],
    [59_990, '1 min 0 s'],
    [200_000, '3 min 20 s'],
  ])('%d ms is %s', (ms, words) => expect(span(ms)).toBe(words));
});
