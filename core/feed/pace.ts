/*
 * How often a feed is worth asking for, as the feed and its host say it. A hint and nothing more:
 * read from the text by a few patterns, so that it costs no second parse.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What stands before the first episode; more of it is not looked at. */
const HEAD_CHARACTERS = 64 * 1024;

/** Twelve looks between two episodes find the next one soon enough. */
const LOOKS_PER_PERIOD = 12;

/** Of a podcast that says it is complete: nothing new is promised. */
const COMPLETE_MS = 7 * DAY_MS;

const PERIODS_MS: Readonly<Record<string, number>> = {
  HOURLY: HOUR_MS,
  DAILY: DAY_MS,
  WEEKLY: 7 * DAY_MS,
  MONTHLY: 30 * DAY_MS,
  YEARLY: 365 * DAY_MS,
};

/**
 * The pace that a feed asks for in `<ttl>` (minutes) and `<podcast:updateFrequency>`, in ms between
 * two looks; the slower where it has both, `undefined` where it has neither. Not clamped.
 * https://www.rssboard.org/rss-specification#ltttlgtSubelementOfLtchannelgt,
 * https://podcasting2.org/docs/podcast-namespace/tags/update-frequency
 */
export function feedPaceMs(xml: string): number | undefined {
  const whole = xml.slice(0, HEAD_CHARACTERS);
  const firstEpisode = whole.search(/<(?:item|entry)[\s>]/i);
  const head = firstEpisode < 0 ? whole : whole.slice(0, firstEpisode);
  return slower(ttlMs(head), updateFrequencyMs(head));
}

/** The `max-age` of a Cache-Control header in ms; `undefined` where there is none to go by. */
export function cachePaceMs(cacheControl: string | null): number | undefined {
  const seconds = /(?:^|[,\s])max-age\s?=\s?"?(\d{1,9})/i.exec(cacheControl ?? '')?.[1];
  return positive(Number(seconds) * 1000);
}

/** The longer of two waits, where there are two. */
export function slower(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.max(one, other);
}

function ttlMs(head: string): number | undefined {
  const minutes = /<ttl>\s*(\d{1,6})\s*<\/ttl>/i.exec(head)?.[1];
  return positive(Number(minutes) * MINUTE_MS);
}

function updateFrequencyMs(head: string): number | undefined {
  const tag = /<podcast:updateFrequency\s[^<>]{0,1000}>/i.exec(head)?.[0];
  if (!tag) return undefined;
  if (/\scomplete=["']true["']/i.test(tag)) return COMPLETE_MS;
  const rule = /\srrule=["']([^"']{1,500})["']/i.exec(tag)?.[1]?.toUpperCase();
  const parts = new Map(rule?.split(';').map((part) => pair(part.split('='))));
  const periodMs = PERIODS_MS[parts.get('FREQ') ?? ''];
  if (periodMs === undefined) return undefined;
  const interval = Math.max(1, Number(parts.get('INTERVAL')) || 1);
  // `BYDAY=MO,WE,FR` is three episodes in one period.
  const days = parts.get('BYDAY')?.split(',').length ?? 1;
  return (periodMs * interval) / days / LOOKS_PER_PERIOD;
}

function pair([name = '', value = '']: string[]): [string, string] {
  return [name.trim(), value.trim()];
}

function positive(value: number): number | undefined {
  return value > 0 && Number.isFinite(value) ? value : undefined;
}
