import { sparesData } from '../../core/model/connection.ts';
import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';
import type { KeepAhead, Library, Player } from '../contexts.ts';
import type { WorkerLink } from './worker-link.ts';

/** What comes in together goes out together. */
const GATHER_MS = 100;
/** So many in one step of the worker, which ends after 20 s. */
const AT_ONCE = 20;
const TIMEOUT_MS = 30_000;
/** Where to look for the neighbour of what is playing. */
const NEIGHBOURS = 500;

/**
 * Has the worker keep what people are about to look at, and the episode that is likely to be played
 * next. By ids, each once in the life of a page, one request at a time; nothing while there is no
 * connection, or data is to be spared.
 */
export class WorkerKeepAhead implements KeepAhead {
  private readonly link: Pick<WorkerLink, 'send'>;
  private readonly asked = new Set<string>();
  private podcasts: PodcastId[] = [];
  private episodes: EpisodeId[] = [];
  private sending = false;
  private playing: EpisodeId | undefined;

  constructor(
    link: Pick<WorkerLink, 'send'>,
    library: Pick<Library, 'episodes'>,
    player: Pick<Player, 'current' | 'addEventListener'>,
  ) {
    this.link = link;
    player.addEventListener('change', () => {
      const episode = player.current?.episode;
      if (!episode || episode.id === this.playing) return;
      this.playing = episode.id;
      library
        .episodes({ podcastId: episode.podcastId, limit: NEIGHBOURS })
        .then((episodes) =>
          this.episode(
            nextTo(
              episode.id,
              episodes.map(({ id }) => id),
            ),
          ),
        )
        .catch(console.error);
    });
  }

  podcast(id: PodcastId): void {
    this.ask(id, () => this.podcasts.push(id));
  }

  episode(id: EpisodeId | undefined): void {
    if (id) this.ask(id, () => this.episodes.push(id));
  }

  private ask(id: string, enlist: () => void): void {
    if (this.asked.has(id) || !navigator.onLine || sparesData(navigator.connection)) return;
    this.asked.add(id);
    enlist();
    if (this.sending) return;
    this.sending = true;
    setTimeout(() => void this.sendAll(), GATHER_MS);
  }

  private async sendAll(): Promise<void> {
    while (this.podcasts.length + this.episodes.length > 0) {
      const artworkOf = this.podcasts.splice(0, AT_ONCE);
      const companionsOf = this.episodes.splice(0, AT_ONCE);
      try {
        const wish = { artworkOf, companionsOf };
        await this.link.send('cache/keep', wish, { timeoutMs: TIMEOUT_MS });
      } catch {
        // No worker, or it died: no harm done, and the next look asks again.
        for (const id of [...artworkOf, ...companionsOf]) this.asked.delete(id);
      }
    }
    this.sending = false;
  }
}

/** The one published after it; after the newest, the one before. `newestFirst` as lists are. */
function nextTo(id: EpisodeId, newestFirst: EpisodeId[]): EpisodeId | undefined {
  const place = newestFirst.indexOf(id);
  return place < 0 ? undefined : (newestFirst[place - 1] ?? newestFirst[place + 1]);
}
