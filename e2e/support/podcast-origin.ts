import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer } from './answer.ts';
import { pngSquare } from './artwork.ts';
import { type Body, digestOf, fixed } from './audio-body.ts';
import { type Behaviour, goodBehaviour } from './behaviour.ts';
import { type FeedContent, feedXml } from './feed-xml.ts';
import { type RecordedRequest, Resource } from './resource.ts';

const NEWEST_AT = Date.UTC(2026, 9, 1, 6);
const DAY_MS = 24 * 60 * 60_000;

export interface EpisodeOptions {
  title: string;
  audio: Body;
  durationS?: number;
  /** HTML. */
  description?: string;
  /** A PNG of its own. */
  image?: Buffer;
  /** Titles, a minute apart. */
  chapters?: readonly string[];
  /** WebVTT. */
  transcript?: string;
  /** Subresource-integrity string that the feed gives for the audio. */
  integrity?: string;
  /** Other forms of it, at addresses of their own. */
  copies?: readonly { audio: Body; bitrate: number }[];
  behaviour?: Partial<Behaviour>;
}

export interface FeedOptions {
  title: string;
  /** Newest first; each is published a day before the one above it. */
  episodes: readonly EpisodeOptions[];
  description?: string;
  behaviour?: Partial<Behaviour>;
}

/** An episode at the origin: its audio, which a test can change, and what was asked of it. */
export class OriginEpisode extends Resource {
  readonly title: string;
  /** The files that it comes with. */
  companions: { image?: Resource; chapters?: Resource; transcript?: Resource } = {};
  /** Its other forms, in the feed's order. */
  copies: Resource[] = [];
  private source: Body;

  constructor(path: string, options: EpisodeOptions, defaults: () => Behaviour) {
    super(path, () => this.source, defaults);
    this.title = options.title;
    this.source = options.audio;
    if (options.behaviour) this.set(options.behaviour);
  }

  get audio(): Body {
    return this.source;
  }

  /** From now on the same address has other bytes, and with a strong ETag another one. */
  replaceAudio(audio: Body): void {
    this.source = audio;
  }

  /** SHA-256 of the audio as it is now, lower-case hex. */
  digest(): string {
    return digestOf(this.source);
  }
}

export interface OriginFeed {
  url: string;
  /** The same feed, and with it every address in it, reached at another `host:port`. */
  urlAt(host: string): string;
  resource: Resource;
  /** The podcast's cover. */
  artwork: Resource;
  /** From now on the cover's address has this PNG. */
  replaceArtwork(image: Buffer): void;
  episodes: OriginEpisode[];
  /** The episode with this title; throws where there is none. */
  episode(title: string): OriginEpisode;
  /** Publishes one episode more, a day after the newest. */
  publish(options: EpisodeOptions): OriginEpisode;
}

/**
 * A podcast host of our own, on a free port of this machine, that can do what real ones do wrong.
 * Its feeds hold addresses of the host that they were asked from, so that the whole podcast can be
 * reached through a proxy.
 */
export class PodcastOrigin {
  /** Every request, oldest first, also those for nothing that is here. */
  readonly requests: RecordedRequest[] = [];
  private readonly resources = new Map<string, Resource>();
  private readonly server: Server;
  private hostBehaviour: Behaviour = goodBehaviour;

  private constructor(server: Server) {
    this.server = server;
  }

  static async start(): Promise<PodcastOrigin> {
    const server = createServer();
    const origin = new PodcastOrigin(server);
    server.on('request', (request, response) => {
      const path = (request.url ?? '/').replace(/\?.*/, '');
      const { method = 'GET', headers } = request;
      const range = headers.range;
      const at = performance.now();
      const record = { at, path, method, range, headers, status: 404, bytesSent: 0, ended: false };
      origin.requests.push(record);
      const resource = origin.resources.get(path);
      if (resource) {
        resource.requests.push(record);
        void answer(resource, request, response, record);
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return origin;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** `host:port`, as the gateway's allow-list wants it. */
  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Changes how everything at this host answers, where a resource does not say otherwise. */
  set(change: Partial<Omit<Behaviour, 'fault'>>): void {
    this.hostBehaviour = { ...this.hostBehaviour, ...change };
    for (const resource of this.resources.values()) resource.wake();
  }

  addFeed(options: FeedOptions): OriginFeed {
    const slug = options.title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    let image = fixed(pngSquare(600, [38, 70, 83]), 'image/png');
    const artwork = this.add(`/${slug}/artwork.png`, () => image);
    const episodes: OriginEpisode[] = [];
    const items: FeedContent['episodes'][number][] = [];
    const add = (episode: EpisodeOptions, publishedAt: number) => {
      const { title, audio, durationS } = episode;
      const number = episodes.length + 1;
      const path = `/${slug}/${number}.${audio.contentType.replace('audio/', '')}`;
      const resource = new OriginEpisode(path, episode, () => this.hostBehaviour);
      this.resources.set(path, resource);
      resource.companions = this.addCompanions(`/${slug}/${number}`, episode);
      episodes.push(resource);
      const guid = `${slug}-${number}`;
      const description = episode.description ?? `<p>Notes for <b>${title}</b>.</p>`;
      const enclosure = { path, contentType: audio.contentType, sizeBytes: audio.sizeBytes };
      const { image, chapters, transcript } = resource.companions;
      const copies = (episode.copies ?? []).map(({ audio: body, bitrate }, index) => {
        const { contentType, sizeBytes } = body;
        const copyPath = `/${slug}/${number}-${index + 1}`;
        resource.copies.push(this.add(copyPath, () => body));
        return { path: copyPath, contentType, sizeBytes, bitrate };
      });
      items.push({
        title,
        guid,
        publishedAt,
        durationS,
        description,
        enclosure,
        imagePath: image?.path,
        chaptersPath: chapters?.path,
        transcriptPath: transcript?.path,
        integrity: episode.integrity,
        copies,
      });
      return resource;
    };
    for (const [index, episode] of options.episodes.entries()) {
      add(episode, NEWEST_AT - index * DAY_MS);
    }
    let newestAt = NEWEST_AT;
    const content = {
      title: options.title,
      description: options.description ?? `What ${options.title} is about.`,
      imagePath: artwork.path,
      episodes: items,
    };
    const xml = (base: string) => fixed(feedXml(content, base), 'application/rss+xml');
    const resource = this.add(`/${slug}/feed.xml`, xml);
    if (options.behaviour) resource.set(options.behaviour);
    return {
      url: `http://${this.host}${resource.path}`,
      urlAt: (host) => `http://${host}${resource.path}`,
      resource,
      artwork,
      replaceArtwork(bytes) {
        image = fixed(bytes, 'image/png');
      },
      episodes,
      episode(title) {
        const found = episodes.find((episode) => episode.title === title);
        if (!found) throw new Error(`${options.title} has no episode "${title}"`);
        return found;
      },
      publish(episode) {
        newestAt += DAY_MS;
        return add(episode, newestAt);
      },
    };
  }

  /** Serves anything else: a broken feed, a page. Returns its address with the resource. */
  addPage(path: string, content: string, contentType: string): { url: string; resource: Resource } {
    const body = fixed(content, contentType);
    return { url: `http://${this.host}${path}`, resource: this.add(path, () => body) };
  }

  /** Breaks every connection and ends. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private addCompanions(
    path: string,
    { image, chapters, transcript }: EpisodeOptions,
  ): OriginEpisode['companions'] {
    const picture = image && fixed(image, 'image/png');
    const marks = chapters?.map((title, index) => ({ startTime: index * 60, title }));
    const json = JSON.stringify({ version: '1.2.0', chapters: marks });
    const list = marks && fixed(json, 'application/json+chapters');
    const words = transcript === undefined ? undefined : fixed(transcript, 'text/vtt');
    return {
      ...(picture && { image: this.add(`${path}.png`, () => picture) }),
      ...(list && { chapters: this.add(`${path}.json`, () => list) }),
      ...(words && { transcript: this.add(`${path}.vtt`, () => words) }),
    };
  }

  private add(path: string, content: (base: string) => Body): Resource {
    const resource = new Resource(path, content, () => this.hostBehaviour);
    this.resources.set(path, resource);
    return resource;
  }
}
