import { type Outcome, succeeded } from '../../core/model/failure.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import type { Downloads } from '../contexts.ts';
import { failureBehind, type WorkerLink } from './worker-link.ts';

type Commands = Omit<Downloads, keyof EventTarget | 'all' | 'storedBytes' | 'isPlayOnly'>;

/** Everything that can be asked of the worker about downloads. */
export abstract class DownloadCommands extends EventTarget implements Commands {
  protected readonly link: WorkerLink;

  constructor(link: WorkerLink) {
    super();
    this.link = link;
  }

  /** Something was asked for: look at what has become of it. */
  protected abstract changed(): Promise<void>;

  async start(episodeId: EpisodeId, copy?: string): Promise<Outcome<unknown>> {
    const params = { episodeId, ...(copy !== undefined && { copy }) };
    const outcome = await this.link.send('download/start', params).catch(failureBehind);
    await this.changed();
    return outcome;
  }

  pause(episodeId: EpisodeId): Promise<Outcome<unknown>> {
    return this.after(this.link.send('download/pause', { episodeId }));
  }

  resume(episodeId: EpisodeId): Promise<Outcome<unknown>> {
    return this.after(this.link.send('download/resume', { episodeId }));
  }

  remove(episodeId: EpisodeId): Promise<Outcome<unknown>> {
    return this.after(this.link.send('download/delete', { episodeId }));
  }

  keep(episodeId: EpisodeId, keep: boolean): Promise<Outcome<unknown>> {
    return this.after(this.link.send(keep ? 'download/keep' : 'download/unkeep', { episodeId }));
  }

  move(episodeId: EpisodeId, before: EpisodeId | null): Promise<Outcome<unknown>> {
    return this.after(this.link.send('download/move', { episodeId, before }));
  }

  pauseAll(): Promise<Outcome<unknown>> {
    return this.after(this.link.send('downloads/pause', {}));
  }

  resumeAll(): Promise<Outcome<unknown>> {
    return this.after(this.link.send('downloads/resume', {}));
  }

  removeAll(episodeIds: EpisodeId[]): Promise<Outcome<unknown>> {
    return this.after(this.link.send('downloads/remove', { episodeIds }));
  }

  restore(episodeIds: EpisodeId[]): Promise<Outcome<unknown>> {
    return this.after(this.link.send('downloads/restore', { episodeIds }));
  }

  private async after(sent: Promise<unknown>): Promise<Outcome<unknown>> {
    const outcome = await sent.then(succeeded, failureBehind);
    await this.changed();
    return outcome;
  }
}
