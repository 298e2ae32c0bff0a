import type { Episode } from '../../core/model/episode.ts';

export interface Player extends EventTarget {
  readonly current: { episode: Episode; podcastTitle: string } | undefined;
  readonly playing: boolean;
  /** Whether the element waits for data. */
  readonly waiting: boolean;
  readonly positionS: number;
  /** 0 while unknown. */
  readonly durationS: number;
  /** Why the current episode does not play, where it does not. */
  readonly failure: 'offline' | 'not-playable' | undefined;
  /** The one `audio` element of the app: given once by the player bar. */
  attach(audio: HTMLAudioElement): void;
  play(episode: Episode): Promise<void>;
  /** Play or pause what is current. */
  toggle(): void;
  seek(positionS: number): void;
}
