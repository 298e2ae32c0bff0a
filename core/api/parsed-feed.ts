import * as v from 'valibot';
import type { ParsedFeed } from '../model/parsed-feed.ts';
import { schemaOf } from './schema-of.ts';

/** JSON drops `undefined`: a default that is called gives the key back to the reading side. */
const maybe = <S extends v.GenericSchema>(schema: S) => v.optional(schema, () => undefined);

const text = maybe(v.string());
const number = maybe(v.number());
const flag = maybe(v.boolean());

const person = v.object({
  name: v.string(),
  role: text,
  group: text,
  url: text,
  imageUrl: text,
});

const alternateEnclosure = v.object({
  type: text,
  sizeBytes: number,
  bitrate: number,
  title: text,
  isDefault: flag,
  integrity: text,
  sources: v.array(v.object({ url: v.string(), type: text })),
});

const episode = v.object({
  guid: text,
  title: text,
  link: text,
  description: text,
  publishedAt: number,
  durationS: number,
  explicit: flag,
  season: number,
  episode: number,
  kind: maybe(v.picklist(['full', 'trailer', 'bonus'])),
  imageUrl: text,
  enclosure: maybe(v.object({ url: v.string(), type: text, sizeBytes: number })),
  alternateEnclosures: v.array(alternateEnclosure),
  chaptersUrl: text,
  chapters: v.array(
    v.object({
      startS: v.number(),
      title: text,
      url: v.optional(v.string()),
      imageUrl: v.optional(v.string()),
    }),
  ),
  transcripts: v.array(v.object({ url: v.string(), type: text, language: v.optional(v.string()) })),
  persons: v.array(person),
});

export const parsedFeedSchema = schemaOf<ParsedFeed>()(
  v.object({
    title: text,
    link: text,
    description: text,
    imageUrl: text,
    language: text,
    author: text,
    ownerName: text,
    ownerEmail: text,
    explicit: flag,
    kind: maybe(v.picklist(['episodic', 'serial'])),
    guid: text,
    newFeedUrl: text,
    nextPageUrl: text,
    funding: v.array(v.object({ url: v.string(), title: text })),
    persons: v.array(person),
    episodes: v.array(episode),
  }),
);
