import type { Channel, Party, Trace } from '../../../core/contract/trace.ts';

/** How traces are put into words. What they carry came from anywhere and is made harmless here. */

export const CHANNELS: readonly Channel[] = [
  'request',
  'stream',
  'broadcast',
  'tabs',
  'live',
  'event',
  'life',
];

export const CHANNEL_NAMES: Record<Channel, string> = {
  request: 'Request',
  stream: 'Stream',
  broadcast: 'Broadcast',
  tabs: 'Tab to tab',
  live: 'Live',
  event: 'Event',
  life: 'Life',
};

export const PARTY_NAMES: Record<Party, string> = {
  tabs: 'Tabs',
  page: 'Page',
  worker: 'Worker',
  browser: 'Browser',
  server: 'Server',
};

/** Characters that draw nothing, or turn the direction of what stands around them. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** One line of at most `maxCharacters`: what cannot be seen is shown as a replacement character. */
export function plain(text: string, maxCharacters: number): string {
  // Cut first: no picture needs to look at four thousand characters. Whole characters only.
  const start = Array.from(text.slice(0, maxCharacters * 2 + 2));
  const cut = start.length > maxCharacters || text.length > maxCharacters * 2 + 2;
  const kept = cut ? [...start.slice(0, maxCharacters - 1), '…'] : start;
  return kept.join('').replace(UNSEEN, '\ufffd');
}

/** Its name, and for a fetch what kind of address was asked for. */
export function nameOf({ type, channel, data }: Trace, maxCharacters = 40): string {
  const route =
    channel === 'event' && type === 'fetch' && data?.match(/^\{"route":"([a-z]+)"/)?.[1];
  return plain(route ? `${type} ${route}` : type, maxCharacters);
}

/** A span: `0.4 ms`, `12 ms`, `4.2 s`, `3 min 20 s`. */
export function span(ms: number): string {
  if (ms < 9.95) return `${Math.max(0, ms).toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** The time of day to the millisecond: `09:41:12.345`. */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map(
    (part) => String(part).padStart(2, '0'),
  );
  return `${hours}:${minutes}:${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Errors by name or code, and fetches that were answered with an error or not at all. */
const FAILED =
  /^dropped|error|fail|gone|blocked|timeout|mismatch|unknown|^bad-|refus|reject|denied|given up|^(?:[45]\d\d|0)\b/i;

export function isFailed({ outcome }: Trace): boolean {
  return outcome !== undefined && FAILED.test(outcome);
}

const OUTCOME_WORDS: Record<string, string> = {
  RequestTimeoutError: 'No answer in time',
  WorkerGoneError: 'The worker was ended',
  'worker-gone': 'The worker was ended',
  AbortError: 'Given up by the page',
  'protocol-mismatch': 'Another version',
  'unknown-type': 'Unknown name',
  'bad-params': 'Wrong parameters',
  'handler-failed': 'The handler threw',
  'database-blocked': 'Another window holds the database',
};

/** What became of it, for people; codes that are not known stay as they are. */
export function outcomeWords(outcome: string): string {
  return Object.hasOwn(OUTCOME_WORDS, outcome)
    ? (OUTCOME_WORDS[outcome] ?? outcome)
    : plain(outcome, 40);
}
