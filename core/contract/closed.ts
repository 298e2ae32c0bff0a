import * as v from 'valibot';
import type { EpisodeId, PodcastId } from '../model/ids.ts';

/*
 * What the closed schemas of both directions are made of. An extra field is refused like a missing one:
 * what is not in the contract does not pass.
 */

/**
 * Exactly these fields, in a plain object. The library alone takes an array, a Map or a Date without
 * own fields for `{}`. A plain object's prototype is the last one of its chain, whatever realm made it.
 */
export function closed<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(v.custom<object>(isPlain), v.strictObject(entries));
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A list that is not looked into when it is too long: what a stranger sends costs its length. */
export function listOf<Item extends v.GenericSchema>(item: Item, maxLength: number) {
  const isShort = (value: unknown) => Array.isArray(value) && value.length <= maxLength;
  return v.pipe(v.custom<unknown[]>(isShort), v.array(item));
}

export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
export const episodeId = v.custom<EpisodeId>((value) => v.is(id, value));
export const podcastId = v.custom<PodcastId>((value) => v.is(id, value));
export const destination = v.picklist(['library', 'episodes', 'downloads', 'search', 'settings']);

export type Schema<T> = v.GenericSchema<unknown, T>;
