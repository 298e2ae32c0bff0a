import type { Outcome } from '../../core/model/failure.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import type { Downloads } from '../contexts.ts';
import { failureBehind, type WorkerLink } from './worker-link.ts';

type Commands = Omit<Downloads, keyof EventTarget | 'all' | 'storedBytes'>;

/** Everything that can be asked of the worker about downloads. */
export abstract class DownloadCommands extends EventTarget implements Commands {
  protected readonly link: WorkerLink;

  constructor(link: WorkerLink) {
    super();
    this.link = link;
  }

  /** Something was asked for: look at what has become of it. */
  protected abstract changed(): Promise<void>;

  async start(episodeId: EpisodeId): Promise<Outcome<unknown>> {
    const outcome = await this.link.send('download/start', { episodeId }).catch(failureBehind);
    await this.changed();
    return outcome;
  }

  pause(episodeId: EpisodeId): Promise<void> {
    return this.after(this.link.send('download/pause', { episodeId }));
  }

  resume(episodeId: EpisodeId): Promise<void> {
    return this.after(this.link.send('download/resume', { episodeId }));
  }

  remove(episodeId: EpisodeId): Promise<void> {
    return this.after(this.link.send('download/delete', { episodeId }));
  }

  keep(episodeId: EpisodeId, keep: boolean): Promise<void> {
    return this.after(this.link.send(keep ? 'download/keep' : 'download/unkeep', { episodeId }));
  }

  move(episodeId: EpisodeId, before: EpisodeId | null): Promise<void> {
    return this.after(this.link.send('download/move', { episodeId, before }));
  }

  pauseAll(): Promise<void> {
    return this.after(this.link.send('downloads/pause', {}));
  }

  resumeAll(): Promise<void> {
    return this.after(this.link.send('downloads/resume', {}));
  }

  async removeAll(episodeIds: EpisodeId[]): Promise<Outcome<unknown>> {
    const outcome = await this.outcomeOf(this.link.send('downloads/remove', { episodeIds }));
    await this.changed();
    return outcome;
  }

  async restore(episodeIds: EpisodeId[]): Promise<Outcome<unknown>> {
    const outcome = await this.outcomeOf(this.link.send('downloads/restore', { episodeIds }));
    await this.changed();
    return outcome;
  }

  private outcomeOf(sent: Promise<unknown>): Promise<Outcome<unknown>> {
    return sent.then((value) => ({ ok: true as const, value }), failureBehind);
  }

  private async after(sent: Promise<unknown>): Promise<void> {
    await sent.catch(failureBehind);
    await this.changed();
  }
}
