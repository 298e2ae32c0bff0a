import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Outcome } from '../../core/model/failure.ts';
import { type Downloads, downloadsContext, type Player, playerContext } from '../contexts.ts';
import { announceFailure } from '../elements/announce-failure.ts';
import { EpisodeActionEvent } from '../elements/episode-action.ts';

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

  private async perform(event: EpisodeActionEvent): Promise<void> {
    const { action, episode } = event;
    const player = this.player.value;
    if (action !== 'play') {
      const asked = this.downloads.value && askFor(this.downloads.value, event);
      if (asked) await announceFailure(this.host, asked);
    } else if (player?.current?.episode.id === episode.id) player.toggle();
    else await player?.play(episode);
  }
}

function askFor(
  downloads: Downloads,
  { action, episode: { id }, copy }: EpisodeActionEvent,
): Promise<Outcome<unknown>> | undefined {
  switch (action) {
    case 'download':
      return downloads.start(id, copy);
    case 'pause':
      return downloads.pause(id);
    case 'resume':
      return downloads.resume(id);
    case 'remove':
      return downloads.remove(id);
    case 'keep':
    case 'unkeep':
      return downloads.keep(id, action === 'keep');
    case 'play':
      return undefined;
  }
}
