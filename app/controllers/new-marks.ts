import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Episode } from '../../core/model/episode.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import { hasNew } from '../../core/model/subscription.ts';
import type { Library } from '../contexts.ts';
import type { Live } from './live.ts';
import { LiveRows } from './live-rows.ts';

/**
 * Which episodes are new, on a page that shows them: they stay marked for as long as it is open, and
 * count as seen from now on. With a podcast, only its own.
 */
export class NewMarks implements ReactiveController {
  /** Another one as soon as that is known. */
  isNew: (episode: Episode) => boolean = () => false;
  private isKnown = false;
  /** The rows that were looked at last: once for each reading. */
  private noted: unknown;
  private readonly live: Live<Library>;
  private readonly podcastId: () => PodcastId | undefined;
  private readonly rows;

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    live: Live<Library>,
    podcastId: () => PodcastId | undefined = () => undefined,
  ) {
    this.live = live;
    this.podcastId = podcastId;
    this.rows = new LiveRows(host, {
      live,
      args: () => [],
      read: (library: Library) => library.subscriptions(),
    });
    host.addController(this);
  }

  hostUpdate(): void {
    const { rows } = this.rows;
    if (!rows || this.isKnown) return;
    this.isKnown = true;
    // How far somebody had looked when the page was opened.
    const seen = new Map([...rows.values()].map((row) => [row.podcastId, row.seen]));
    this.isNew = ({ podcastId, arrival = 0 }) => arrival > (seen.get(podcastId) ?? 0);
  }

  hostUpdated(): void {
    const { rows } = this.rows;
    // Behind another window nobody looks.
    if (document.hidden || !rows || rows === this.noted) return;
    this.noted = rows;
    const id = this.podcastId();
    const shown = [...rows.values()].filter(
      ({ podcastId }) => id === undefined || podcastId === id,
    );
    if (shown.some(hasNew)) this.live.service.markSeen(id);
  }
}
