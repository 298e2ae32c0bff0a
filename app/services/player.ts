import { secureAddress } from '../../core/feed/secure-address.ts';
import { holdPlaying } from '../../core/messaging/playing.ts';
import type { Episode } from '../../core/model/episode.ts';
import type { Podcast } from '../../core/model/podcast.ts';
import { getAttempt } from '../../core/storage/attempts.ts';
import { getDownload } from '../../core/storage/downloads.ts';
import { getPlayback } from '../../core/storage/playback.ts';
import { getPodcast } from '../../core/storage/podcasts.ts';
import type { Player } from '../contexts.ts';
import type { RowReader } from './row-reader.ts';
import type { Tabs } from './tabs.ts';
import type { WorkerLink } from './worker-link.ts';

const SAVE_EVERY_S = 5;
/** So near the end, an episode counts as heard and begins anew. */
const HEARD_S = 10;

/** A message between tabs takes less than a millisecond; a tab that is busy takes longer to hear it. */
const TOGETHER_MS = 1_000;

/** Plays one episode at a time through the one `audio` element, in one tab at a time. */
export class AudioPlayer extends EventTarget implements Player {
  current: { episode: Episode; podcastTitle: string } | undefined;
  failure: Player['failure'];
  private audio: HTMLAudioElement | undefined;
  /** Where the current episode can still be tried, best first. */
  private sources: (() => Promise<string | null>)[] = [];
  private resumeAtS = 0;
  /** Counts what was chosen: the last choice wins, however long the ones before it take. */
  private turn = 0;
  private savedAtS = 0;
  /** Ends the hold on the current episode: while it lasts, nothing removes that to make room. */
  private letGo = new AbortController();
  /** When this tab began to play, ms since 1970. */
  private startedAt = 0;
  private readonly tabs: Tabs;
  private readonly reader: RowReader;
  private readonly link: WorkerLink;

  constructor(reader: RowReader, link: WorkerLink, tabs: Tabs) {
    super();
    this.reader = reader;
    this.link = link;
    this.tabs = tabs;
    tabs.onMessage((message, tabId) => {
      if (message.type !== 'player/started') return;
      // Where both began in the same moment, each hears of the other: the later one plays.
      const leadMs = this.startedAt - message.startedAt;
      const isLater = leadMs === 0 ? tabs.tabId > tabId : leadMs > 0 && leadMs < TOGETHER_MS;
      if (isLater) return;
      // Another tab plays: this one makes way.
      this.audio?.pause();
    });
  }

  get playing(): boolean {
    return this.audio !== undefined && !this.audio.paused;
  }

  get waiting(): boolean {
    return this.playing && (this.audio?.readyState ?? 0) < HTMLMediaElement.HAVE_FUTURE_DATA;
  }

  get positionS(): number {
    return this.audio?.currentTime ?? 0;
  }

  get durationS(): number {
    const { duration } = this.audio ?? { duration: Number.NaN };
    return Number.isFinite(duration) ? duration : (this.current?.episode.durationS ?? 0);
  }

  attach(audio: HTMLAudioElement): void {
    this.audio = audio;
    for (const type of ['pause', 'waiting', 'playing', 'durationchange', 'seeked', 'ended']) {
      audio.addEventListener(type, () => this.changed());
    }
    audio.addEventListener('play', () => {
      this.tellTabs();
      this.changed();
    });
    audio.addEventListener('timeupdate', () => {
      if (Math.abs(audio.currentTime - this.savedAtS) >= SAVE_EVERY_S) void this.save();
      this.changed();
    });
    audio.addEventListener('pause', () => void this.save());
    audio.addEventListener('loadedmetadata', () => {
      if (this.resumeAtS > 0) audio.currentTime = this.resumeAtS;
      this.resumeAtS = 0;
    });
    audio.addEventListener('error', () => {
      // The next source goes on where this one broke off.
      this.resumeAtS ||= audio.currentTime;
      void this.tryNext();
    });
  }

  async play(episode: Episode): Promise<void> {
    if (this.current?.episode.id === episode.id && !this.failure) {
      await this.audio?.play().catch(() => undefined);
      return;
    }
    this.turn += 1;
    const turn = this.turn;
    const [podcast, playback, sources] = await Promise.all([
      this.reader.read((db) => getPodcast(db, episode.podcastId), undefined),
      this.reader.read((db) => getPlayback(db, episode.id), undefined),
      this.sourcesOf(episode),
      this.save(),
    ]);
    // Another episode was chosen while this one was looked up.
    if (turn !== this.turn) return;
    this.current = { episode, podcastTitle: podcast?.title ?? '' };
    this.letGo.abort();
    this.letGo = new AbortController();
    holdPlaying(navigator.locks, document.baseURI, episode.id, this.letGo.signal);
    this.failure = undefined;
    const heard = (playback?.positionS ?? 0) > (episode.durationS ?? Infinity) - HEARD_S;
    this.resumeAtS = heard ? 0 : (playback?.positionS ?? 0);
    this.savedAtS = this.resumeAtS;
    this.sources = sources;
    this.describeToSystem(podcast);
    // Shown before it is looked for: a screen reader hears what is added to a live region that is there.
    this.changed();
    await this.tryNext();
  }

  toggle(): void {
    if (this.failure && this.current) void this.play(this.current.episode);
    else if (this.playing) this.audio?.pause();
    else void this.audio?.play().catch(() => undefined);
  }

  seek(positionS: number): void {
    if (this.audio) this.audio.currentTime = Math.max(0, positionS);
    this.changed();
  }

  private async tryNext(): Promise<void> {
    const playing = this.current;
    const source = this.sources.shift();
    const address = (await source?.().catch(() => null)) ?? null;
    // Something else was chosen meanwhile.
    if (!this.audio || this.current !== playing) return;
    if (address !== null) {
      this.audio.src = address;
      // Refused autoplay leaves it paused at the start, ready to be played by hand.
      void this.audio.play().catch(() => undefined);
    } else if (this.sources.length > 0) {
      return this.tryNext();
    } else {
      this.failure = navigator.onLine ? 'not-playable' : 'offline';
    }
    this.changed();
  }

  /**
   * Stored bytes through the worker, where there are any; the enclosure's own address, which an
   * `audio` element may use without CORS; the gateway's.
   */
  private async sourcesOf({ id, enclosure }: Episode): Promise<(() => Promise<string | null>)[]> {
    const stored = await this.reader.read(async (db) => {
      const download = await getDownload(db, id);
      const attemptId = download?.committedAttemptId ?? download?.attemptId;
      return attemptId ? ((await getAttempt(db, attemptId))?.journal.length ?? 0) > 0 : false;
    }, false);
    const fromStore = async () => {
      await this.link.claim();
      return new URL(`media/${id}`, document.baseURI).href;
    };
    const fromHost = async () => (enclosure ? secureAddress(enclosure.url) : null);
    const fromGateway = async () => {
      const answer = await this.link
        .send('episode/relay', { episodeId: id })
        .catch(() => undefined);
      return answer?.address ?? null;
    };
    return stored ? [fromStore, fromHost, fromGateway] : [fromHost, fromGateway];
  }

  private tellTabs(): void {
    const episodeId = this.current?.episode.id;
    if (!episodeId) return;
    this.startedAt = performance.timeOrigin + performance.now();
    this.tabs.say({ type: 'player/started', episodeId, startedAt: this.startedAt });
  }

  private async save(): Promise<void> {
    const episodeId = this.current?.episode.id;
    if (!episodeId || !this.audio || this.resumeAtS > 0) return;
    const positionS = this.audio.ended ? 0 : this.audio.currentTime;
    this.savedAtS = positionS;
    // The next one comes in a few seconds: one that is lost is no loss.
    await this.link.send('playback/save', { episodeId, positionS }).catch(() => undefined);
  }

  private describeToSystem(podcast: Podcast | undefined): void {
    if (!('mediaSession' in navigator) || !this.current) return;
    const { episode, podcastTitle } = this.current;
    const { mediaSession } = navigator;
    // Most episodes have no picture of their own.
    const pictured = [episode, podcast].find((item) => item?.imageUrl);
    mediaSession.metadata = new MediaMetadata({
      title: episode.title,
      artist: podcastTitle,
      artwork: pictured && this.link.controlled ? [{ src: `artwork/${pictured.id}` }] : [],
    });
    mediaSession.setActionHandler('play', () => void this.play(episode));
    mediaSession.setActionHandler('pause', () => this.audio?.pause());
    mediaSession.setActionHandler('seekbackward', () => this.seek(this.positionS - 15));
    mediaSession.setActionHandler('seekforward', () => this.seek(this.positionS + 30));
  }

  private changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
