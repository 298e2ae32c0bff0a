import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type DirectorySearch, searchKey } from '../../core/model/directory-search.ts';
import type { Failure } from '../../core/model/failure.ts';
import type { Search } from '../contexts.ts';

/** Puts words to the directory, and remembers why the last ones were not answered. */
export class DirectoryQuestions implements ReactiveController {
  /** The words that are being asked for. */
  asking: string | undefined;
  private unanswered: { words: string; failure: Failure } | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly search: () => Search;

  constructor(host: ReactiveControllerHost, search: () => Search) {
    this.host = host;
    this.search = search;
    host.addController(this);
  }

  hostConnected(): void {
    this.unanswered = undefined;
  }

  /** `keep`: a person wants the answer, also later. */
  async ask(words: string, keep: boolean): Promise<void> {
    if (searchKey(words) === '' || this.asking === words) return;
    this.asking = words;
    this.unanswered = undefined;
    this.host.requestUpdate();
    const outcome = await this.search().ask(words, { keep });
    // Other words may be under way by now.
    if (this.asking !== words) return;
    this.asking = undefined;
    if (!outcome.ok) this.unanswered = { words, failure: outcome.failure };
    this.host.requestUpdate();
  }

  /** Why they were not answered; also where the question never reached the worker and its rows. */
  failureOf(words: string, row: DirectorySearch | undefined): Failure | undefined {
    return this.unanswered?.words === words ? this.unanswered.failure : row?.failure;
  }
}
