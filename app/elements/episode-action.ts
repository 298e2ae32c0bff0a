import type { Episode } from '../../core/model/episode.ts';

/** `remove`: cancel what is under way, or delete what is there. */
export type EpisodeAction = 'play' | 'download' | 'pause' | 'resume' | 'remove' | 'keep' | 'unkeep';

/** A button of an episode was pressed. */
export class EpisodeActionEvent extends Event {
  readonly action: EpisodeAction;
  readonly episode: Episode;

  constructor(action: EpisodeAction, episode: Episode) {
    super('episode-action', { bubbles: true, composed: true });
    this.action = action;
    this.episode = episode;
  }
}
