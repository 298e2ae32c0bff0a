/**
 * How long a host asks to be left alone, in ms, in either form of the header: seconds or a date (RFC
 * 9110 section 10.2.3). Unlimited; `undefined` where the header is missing, makes no sense, or is not
 * shown: a host of another origin must expose it, our own gateway passes it on.
 *
 * A date is held against the host's own clock where that is shown, because ours may be years off.
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = readDate(value);
  if (until === undefined) return undefined;
  return Math.max(0, until - (readDate(headers.get('date') ?? '') ?? now));
}

/** Any of the three forms of a date (RFC 9110 section 5.6.7): all begin with a weekday, all mean GMT. */
function readDate(value: string): number | undefined {
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(value)) return undefined;
  const at = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(at) ? undefined : at;
}
