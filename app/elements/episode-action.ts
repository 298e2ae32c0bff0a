import type { Episode } from '../../core/model/episode.ts';

/** `remove`: cancel what is under way, or delete what is there. */
export type EpisodeAction = 'play' | 'download' | 'pause' | 'resume' | 'remove' | 'keep' | 'unkeep';

/** A button of an episode was pressed. */
export class EpisodeActionEvent extends Event {
  readonly action: EpisodeAction;
  readonly episode: Episode;
  /** The id of the copy that is to be downloaded, where one was chosen. */
  readonly copy: string | undefined;

  constructor(action: EpisodeAction, episode: Episode, copy?: string) {
    super('episode-action', { bubbles: true, composed: true });
    this.action = action;
    this.episode = episode;
    this.copy = copy;
  }
}
