import type { Episode } from '../../../../core/model/episode.ts';
import { type Outcome, succeeded } from '../../../../core/model/failure.ts';
import type { EpisodeId } from '../../../../core/model/ids.ts';
import type { RetentionRules } from '../../../../core/model/retention.ts';
import type { Downloads, DownloadView, StorageEstimate, StorageKeeper } from '../../../contexts.ts';
import { Fake } from './fake.ts';

export class FakeDownloads extends Fake implements Downloads {
  all: ReadonlyMap<EpisodeId, DownloadView> = new Map();
  storedBytes = 0;
  /** To whatever is asked for. */
  answer: Outcome<unknown> = succeeded(undefined);

  /** Shows these downloads from now on. */
  show(...views: DownloadView[]): void {
    this.all = new Map(views.map((view) => [view.episodeId, view]));
    this.changed();
  }

  playOnly: EpisodeId[] = [];

  isPlayOnly({ id }: Episode): boolean {
    return this.playOnly.includes(id);
  }

  start(id: EpisodeId, copy?: string): Promise<Outcome<unknown>> {
    return this.asked(copy === undefined ? `start ${id}` : `start ${id} ${copy}`);
  }

  pause(id: EpisodeId): Promise<Outcome<unknown>> {
    return this.asked(`pause ${id}`);
  }

  resume(id: EpisodeId): Promise<Outcome<unknown>> {
    return this.asked(`resume ${id}`);
  }

  remove(id: EpisodeId): Promise<Outcome<unknown>> {
    return this.asked(`remove ${id}`);
  }

  keep(id: EpisodeId, keep: boolean): Promise<Outcome<unknown>> {
    return this.asked(`${keep ? 'keep' : 'unkeep'} ${id}`);
  }

  move(id: EpisodeId, before: EpisodeId | null): Promise<Outcome<unknown>> {
    return this.asked(`move ${id} before ${before}`);
  }

  pauseAll(): Promise<Outcome<unknown>> {
    return this.asked('pauseAll');
  }

  resumeAll(): Promise<Outcome<unknown>> {
    return this.asked('resumeAll');
  }

  removeAll(ids: EpisodeId[]): Promise<Outcome<unknown>> {
    return this.asked(`removeAll ${ids}`);
  }

  restore(ids: EpisodeId[]): Promise<Outcome<unknown>> {
    return this.asked(`restore ${ids}`);
  }

  private async asked(call: string): Promise<Outcome<unknown>> {
    await this.called(call);
    return this.answer;
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

  isBroken = false;

  /** What would go, by rules as JSON. */
  going = new Map<string, Awaited<ReturnType<StorageKeeper['whatWouldGo']>>>();

  async whatWouldGo({
    ofPodcast,
    ...general
  }: RetentionRules): ReturnType<StorageKeeper['whatWouldGo']> {
    if (this.isBroken) throw new Error('the storage does not answer');
    const own = ofPodcast?.size ? { ofPodcast: Object.fromEntries(ofPodcast) } : {};
    return this.going.get(JSON.stringify({ ...general, ...own })) ?? [];
  }
}
