import { type DirectorySearch, searchKey } from '../../core/model/directory-search.ts';
import { failed, type Outcome } from '../../core/model/failure.ts';
import { getFinds } from '../../core/storage/finds.ts';
import { getSearch } from '../../core/storage/searches.ts';
import type { FoundHere, Search } from '../contexts.ts';
import { LibraryFinder } from './library-search/library-finder.ts';
import type { RowReader } from './row-reader.ts';
import { failureBehind, type WorkerLink } from './worker-link.ts';

/** The directory may take its time; the worker has a limit of its own, which is shorter. */
const DIRECTORY_TIMEOUT_MS = 30_000;

/**
 * One for each visit to the search page: the library's index is filled when it is made, and gone when
 * it is closed. What the directory found is read from rows, as everything is.
 */
export class StoredSearch extends EventTarget implements Search {
  private readonly reader: RowReader;
  private readonly link: WorkerLink;
  private readonly finder = new LibraryFinder();
  private readonly stopListening: () => void;

  constructor(reader: RowReader, link: WorkerLink) {
    super();
    this.reader = reader;
    this.link = link;
    this.finder.addEventListener('change', this.changed);
    document.addEventListener('visibilitychange', this.changed);
    this.stopListening = link.onBroadcast((broadcast) => {
      if (broadcast.type === 'podcasts/changed') this.finder.look();
      if (broadcast.type === 'searches/changed') this.changed();
    });
  }

  get reading(): boolean {
    return this.finder.reading;
  }

  async find(words: string, most: number): Promise<FoundHere> {
    const { podcastIds, episodeIds, episodeCount } = await this.finder.find(words, most);
    const wanted = { podcastIds: podcastIds.slice(0, most), episodeIds };
    const nothing = { podcasts: [], episodes: [], podcastOf: new Map() };
    const rows = await this.reader.read((db) => getFinds(db, wanted), nothing);
    return { ...rows, episodeCount };
  }

  answer(words: string): Promise<DirectorySearch | undefined> {
    return this.reader.read((db) => getSearch(db, searchKey(words)), undefined);
  }

  async ask(words: string, { keep }: { keep: boolean }): Promise<Outcome<unknown>> {
    const query = searchKey(words);
    if (query === '') return failed({ code: 'unexpected', detail: 'nothing to search for' });
    const timeoutMs = DIRECTORY_TIMEOUT_MS;
    const outcome = await this.link
      .send('directory/search', { query, keep }, { timeoutMs })
      .catch(failureBehind);
    this.changed();
    return outcome;
  }

  close(): void {
    this.stopListening();
    document.removeEventListener('visibilitychange', this.changed);
    this.finder.removeEventListener('change', this.changed);
    this.finder.close();
  }

  private readonly changed = (): void => {
    this.dispatchEvent(new Event('change'));
  };
}
