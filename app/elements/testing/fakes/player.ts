import type { Episode } from '../../../../core/model/episode.ts';
import type { Player } from '../../../contexts.ts';
import { Fake } from './fake.ts';

export class FakePlayer extends Fake implements Player {
  current: { episode: Episode; podcastTitle: string } | undefined;
  playing = false;
  waiting = false;
  positionS = 0;
  durationS = 0;
  failure: 'offline' | 'not-playable' | undefined;
  audio: HTMLAudioElement | undefined;

  attach(audio: HTMLAudioElement): void {
    this.audio = audio;
  }

  play(episode: Episode): Promise<void> {
    return this.called(`play ${episode.id}`);
  }

  toggle(): void {
    this.calls.push('toggle');
  }

  seek(positionS: number): void {
    this.calls.push(`seek ${positionS}`);
  }
}
