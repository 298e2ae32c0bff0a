/** 30 days. Whatever is longer was given in some other unit. */
const MAX_DURATION_S = 30 * 24 * 60 * 60;

const TIMECODE = /^(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,9}(?:\.\d{1,9})?)$/;

/**
 * Seconds from `HH:MM:SS`, `MM:SS` or seconds, each with decimals; `undefined` for all else. The
 * first part may be as long as it likes (`90:00`), those after it end at 59.
 */
export function parseTimecode(text: string | undefined): number | undefined {
  const [, hours, minutes, seconds] = TIMECODE.exec(text?.trim() ?? '') ?? [];
  const secondsS = Number(seconds);
  if (seconds === undefined || (minutes !== undefined && secondsS >= 60)) return undefined;
  if (hours !== undefined && Number(minutes) >= 60) return undefined;
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + secondsS;
}

/** An episode's duration in seconds; 0 is how feeds say that they do not know it. */
export function parseDuration(text: string | undefined): number | undefined {
  const seconds = parseTimecode(text);
  return seconds && seconds <= MAX_DURATION_S ? seconds : undefined;
}
