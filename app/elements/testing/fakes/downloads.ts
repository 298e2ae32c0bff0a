import type { Episode } from '../../../../core/model/episode.ts';
import { type Outcome, succeeded } from '../../../../core/model/failure.ts';
import type { EpisodeId } from '../../../../core/model/ids.ts';
import type { RetentionRules } from '../../../../core/model/retention.ts';
import type { Downloads, DownloadView, StorageEstimate, StorageKeeper } from '../../../contexts.ts';
import { Fake } from './fake.ts';

export class FakeDownloads extends Fake implements Downloads {
  all: ReadonlyMap<EpisodeId, DownloadView> = new Map();
  storedBytes = 0;
  started: Outcome<unknown> = succeeded(undefined);

  /** Shows these downloads from now on. */
  show(...views: DownloadView[]): void {
    this.all = new Map(views.map((view) => [view.episodeId, view]));
    this.changed();
  }

  playOnly: EpisodeId[] = [];

  isPlayOnly({ id }: Episode): boolean {
    return this.playOnly.includes(id);
  }

  async start(id: EpisodeId, copy?: string): Promise<Outcome<unknown>> {
    await this.called(copy === undefined ? `start ${id}` : `start ${id} ${copy}`);
    return this.started;
  }

  pause(id: EpisodeId): Promise<void> {
    return this.called(`pause ${id}`);
  }

  resume(id: EpisodeId): Promise<void> {
    return this.called(`resume ${id}`);
  }

  remove(id: EpisodeId): Promise<void> {
    return this.called(`remove ${id}`);
  }

  keep(id: EpisodeId, keep: boolean): Promise<void> {
    return this.called(`${keep ? 'keep' : 'unkeep'} ${id}`);
  }

  move(id: EpisodeId, before: EpisodeId | null): Promise<void> {
    return this.called(`move ${id} before ${before}`);
  }

  pauseAll(): Promise<void> {
    return this.called('pauseAll');
  }

  resumeAll(): Promise<void> {
    return this.called('resumeAll');
  }

  async removeAll(ids: EpisodeId[]): Promise<Outcome<unknown>> {
    await this.called(`removeAll ${ids}`);
    return this.started;
  }

  async restore(ids: EpisodeId[]): Promise<Outcome<unknown>> {
    await this.called(`restore ${ids}`);
    return this.started;
  }
}

export class FakeStorage implements StorageKeeper {
  figures: StorageEstimate = { usedBytes: 300e6, quotaBytes: 10e9, persisted: false };
  asked = 0;

  estimate(): Promise<StorageEstimate> {
    return Promise.resolve(this.figures);
  }

  askToPersist(): void {
    this.asked += 1;
  }

  /** What would go, by rules as JSON. */
  going = new Map<string, Awaited<ReturnType<StorageKeeper['whatWouldGo']>>>();

  async whatWouldGo({
    ofPodcast,
    ...general
  }: RetentionRules): ReturnType<StorageKeeper['whatWouldGo']> {
    const own = ofPodcast?.size ? { ofPodcast: Object.fromEntries(ofPodcast) } : {};
    return this.going.get(JSON.stringify({ ...general, ...own })) ?? [];
  }
}
