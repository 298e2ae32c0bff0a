import type { DirectorySearch } from '../../../../core/model/directory-search.ts';
import type { Episode } from '../../../../core/model/episode.ts';
import { type Outcome, succeeded } from '../../../../core/model/failure.ts';
import type { Podcast } from '../../../../core/model/podcast.ts';
import type { FoundHere, Search, Searcher } from '../../../contexts.ts';
import { Fake } from './fake.ts';

export class FakeSearch extends Fake implements Search, Searcher {
  reading = false;
  here: Podcast[] = [];
  episodes: Episode[] = [];
  readonly answers = new Map<string, DirectorySearch>();
  /** Held by tests that look at what is shown meanwhile. */
  asked: Promise<void> = Promise.resolve();
  opened: Promise<void> = Promise.resolve();
  /** Rejected by tests that break the storage. */
  ready: Promise<void> = Promise.resolve();

  async open(): Promise<Search> {
    await this.called('open');
    await this.opened;
    return this;
  }

  async find(words: string, most: number): Promise<FoundHere> {
    await this.ready;
    const wanted = words.toLowerCase().split(/\s+/);
    const fits = ({ title }: { title: string }) =>
      wanted.every((word) => title.toLowerCase().includes(word));
    const episodes = this.episodes.filter(fits);
    const podcastOf = new Map(this.here.map((podcast) => [podcast.id, podcast]));
    return {
      podcasts: this.here.filter(fits),
      episodes: episodes.slice(0, most),
      episodeCount: episodes.length,
      podcastOf,
    };
  }

  async answer(words: string): Promise<DirectorySearch | undefined> {
    return this.answers.get(words);
  }

  async ask(words: string, _how: { keep: boolean }): Promise<Outcome<unknown>> {
    await this.called(`ask ${words}`);
    await this.asked;
    this.changed();
    return succeeded({});
  }

  close(): void {
    this.calls.push('close');
  }
}
