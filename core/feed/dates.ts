const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** Minutes east of Greenwich. Names that mean several zones are left out, and count as UTC. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ['est', -300],
  ['edt', -240],
  ['cst', -360],
  ['cdt', -300],
  ['mst', -420],
  ['mdt', -360],
  ['pst', -480],
  ['pdt', -420],
  ['akst', -540],
  ['akdt', -480],
  ['hst', -600],
  ['bst', 60],
  ['wet', 0],
  ['west', 60],
  ['cet', 60],
  ['cest', 120],
  ['eet', 120],
  ['eest', 180],
  ['msk', 180],
  ['jst', 540],
  ['aest', 600],
  ['aedt', 660],
  ['nzst', 720],
  ['nzdt', 780],
]);

/** No date is longer; what is, costs nothing. */
const MAX_DATE_LENGTH = 100;

const ISO_8601 =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(z|[a-z]{3,4}|[+-]\d{2}(?::?\d{2})?)?$/i;
const CLOCK = /(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*([ap]m\b)?/i;
const OFFSET = /([+-])(\d{1,2}):?(\d{2})?(?!\d)/;

/**
 * Milliseconds since 1970, from ISO 8601 or from RFC 822 in the spellings that feeds have invented
 * for it. A date without a zone is taken as UTC. `undefined` for what is no date, for a day that
 * the calendar does not have, and for years before 1900 or after 2099, which no podcast means.
 */
export function parseDate(text: string | undefined): number | undefined {
  const trimmed = text?.trim();
  if (!trimmed || trimmed.length > MAX_DATE_LENGTH) return undefined;
  return parseIso8601(trimmed) ?? parseRfc822(trimmed);
}

function parseIso8601(text: string): number | undefined {
  const match = ISO_8601.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  return instant({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
    offsetMinutes: zoneOffset(zone ?? ''),
  });
}

/**
 * Not by position but by look: a name is the month, four digits are the year, a colon makes the
 * time, and the zone comes after it. So the day's name may be missing, wrong or in any language,
 * and day and month may change places (`Oct 9, 2020`).
 */
function parseRfc822(text: string): number | undefined {
  const clock = CLOCK.exec(text);
  const before = clock ? text.slice(0, clock.index) : text;
  const after = clock ? text.slice(clock.index + clock[0].length) : '';
  const zone = OFFSET.exec(after)?.[0] ?? /[a-z]{3,4}/i.exec(after)?.[0] ?? '';
  const words = `${before} ${after.replace(zone, ' ')}`.toLowerCase().match(/[a-z]+|\d+/g) ?? [];
  const month = words.map(monthOf).find((found) => found > 0);
  const numbers = words.filter((word) => /^\d/.test(word));
  const [day, year] = numbers[0]?.length === 4 ? numbers.toReversed() : numbers;
  if (!month || !day || !year || numbers.length !== 2) return undefined;
  return instant({
    year: fullYear(year),
    month,
    day: Number(day),
    hour: hourOf(Number(clock?.[1] ?? 0), clock?.[4]?.toLowerCase()),
    minute: Number(clock?.[2] ?? 0),
    second: Number(clock?.[3] ?? 0),
    millisecond: 0,
    offsetMinutes: zoneOffset(zone),
  });
}

/** 1 to 12, or 0. Three letters are enough: `Oct`, `Sept`, `October`. */
function monthOf(word: string): number {
  return word.length < 3 ? 0 : MONTHS.findIndex((month) => month.startsWith(word)) + 1;
}

/** Two digits as RFC 2822 reads them. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  if (digits.length !== 2) return Number.NaN;
  return year < 50 ? 2000 + year : 1900 + year;
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}

function zoneOffset(zone: string): number {
  const [, sign, hours, minutes] = OFFSET.exec(zone) ?? [];
  if (!sign) return ZONES.get(zone.toLowerCase()) ?? 0;
  const offset = Number(hours) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -offset : offset;
}

interface DateParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  offsetMinutes: number;
}

function instant(parts: DateParts): number | undefined {
  const { year, month, day, hour, minute, second, millisecond, offsetMinutes } = parts;
  const midnight = Date.UTC(year, month - 1, day);
  // Date.UTC carries over: 31 February would come out as 3 March.
  const date = new Date(midnight);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  // 60 is a leap second. NaN fails every comparison, and so does nonsense.
  const isTime = hour <= 23 && minute <= 59 && second <= 60 && Math.abs(offsetMinutes) <= 14 * 60;
  if (!isTime || !(year >= 1900 && year <= 2099)) return undefined;
  return midnight + ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1000 + millisecond;
}
