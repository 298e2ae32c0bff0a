import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Downloads, downloadsContext, type Player, playerContext } from '../contexts.ts';
import { AnnounceEvent } from '../elements/announce-event.ts';
import { EpisodeActionEvent } from '../elements/episode-action.ts';
import { failureText } from '../failure-text.ts';

/** Does what the buttons of episodes below its host ask for. */
export class EpisodeActions implements ReactiveController {
  private readonly host: HTMLElement;
  private readonly downloads: { value?: Downloads };
  private readonly player: { value?: Player };

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.host = host;
    this.downloads = new ContextConsumer(host, { context: downloadsContext });
    this.player = new ContextConsumer(host, { context: playerContext });
    host.addController(this);
  }

  hostConnected(): void {
    this.host.addEventListener('episode-action', this.act);
  }

  hostDisconnected(): void {
    this.host.removeEventListener('episode-action', this.act);
  }

  private readonly act = (event: Event): void => {
    if (event instanceof EpisodeActionEvent) void this.perform(event);
  };

  private async perform({ action, episode }: EpisodeActionEvent): Promise<void> {
    const downloads = this.downloads.value;
    const player = this.player.value;
    switch (action) {
      case 'play':
        if (player?.current?.episode.id === episode.id) return player.toggle();
        return player?.play(episode);
      case 'pause':
        return downloads?.pause(episode.id);
      case 'resume':
        return downloads?.resume(episode.id);
      case 'remove':
        return downloads?.remove(episode.id);
      case 'keep':
      case 'unkeep':
        return downloads?.keep(episode.id, action === 'keep');
      case 'download': {
        const outcome = await downloads?.start(episode.id);
        if (outcome && !outcome.ok) {
          this.host.dispatchEvent(new AnnounceEvent(failureText(outcome.failure)));
        }
      }
    }
  }
}
