/** How sizes, times and dates are written. English, like all words of the app. */

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

function unitOf(sizeBytes: number): number {
  let unit = 0;
  // 999.5 of a unit would round to four digits, so it is written in the next one.
  while (unit < UNITS.length - 1 && sizeBytes >= 999.5 * 1000 ** unit) unit += 1;
  return unit;
}

function inUnit(sizeBytes: number, unit: number): string {
  const value = sizeBytes / 1000 ** unit;
  return unit >= 2 && value < 99.95
    ? String(Math.round(value * 10) / 10)
    : String(Math.round(value));
}

/** Decimal units: `48 MB`, `12.4 MB`, `640 KB`. */
export function bytes(sizeBytes: number): string {
  const unit = unitOf(sizeBytes);
  return `${inUnit(sizeBytes, unit)} ${UNITS[unit]}`;
}

/** `12.4 of 48 MB`, both in the unit of the whole. */
export function bytesOf(partBytes: number, wholeBytes: number): string {
  const unit = unitOf(wholeBytes);
  return `${inUnit(partBytes, unit)} of ${bytes(wholeBytes)}`;
}

/** A length to plan with: `42 min`, `1 h 5 min`, `40 s`. */
export function duration(seconds: number): string {
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** A place in time, as on a player: `4:05`, `1:02:33`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** The same place for a screen reader: `1 hour 2 minutes 33 seconds`. */
export function spokenClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor((whole % 3600) / 60), 'minute'],
    [whole % 60, 'second'],
  ];
  const said = parts.filter(([count, name]) => count > 0 || (name === 'second' && whole < 60));
  return said.map(([count, name]) => `${count} ${name}${count === 1 ? '' : 's'}`).join(' ');
}

/** `12 Nov`, with the year unless it is this one; nothing where the feed gave no date (0). */
export function date(at: number, now: number = Date.now()): string {
  if (at === 0) return '';
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Date(at).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** `14:05`. */
export function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** `12 Nov, 14:03`: when something happened. */
export function moment(at: number): string {
  return new Date(at).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** Joins what is known with a middle dot. */
export function dotted(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
