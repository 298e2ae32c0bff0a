import { parseTimecode } from './durations.ts';

/** Characters. A transcript by the word, of the longest episode, stays below. */
const MAX_LENGTH = 8 * 1024 * 1024;

/** The list that an object in JSON holds under `name`; empty where there is none. Never throws. */
export function listIn(json: string, name: string): readonly unknown[] {
  if (json.length > MAX_LENGTH) return [];
  try {
    const list = fieldIn(JSON.parse(json.replace(/^\ufeff/, '')), name);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

export function fieldIn(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null;
  return isObject ? (value as Record<string, unknown>)[name] : undefined;
}

export function textIn(value: unknown, name: string): string | undefined {
  const field = fieldIn(value, name);
  return typeof field === 'string' ? field : undefined;
}

/** A time in seconds, which some write as text or as a timecode. */
export function secondsIn(value: unknown, name: string): number | undefined {
  const field = fieldIn(value, name);
  if (typeof field !== 'number') return parseTimecode(textIn(value, name));
  return Number.isFinite(field) && field >= 0 ? field : undefined;
}
