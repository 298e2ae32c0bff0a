import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Search, type Searcher, searchContext } from '../contexts.ts';

/** Searches for as long as the host is in the document: the index takes memory. */
export class Searching implements ReactiveController {
  /** `undefined` until its code is here. */
  search: Search | undefined;
  /** Its code did not come, and will not come to this document. */
  isMissing = false;
  private readonly host: ReactiveControllerHost & HTMLElement;
  private readonly consumer: { value?: Searcher };
  private turn = 0;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.host = host;
    this.consumer = new ContextConsumer(host, { context: searchContext });
    host.addController(this);
  }

  hostConnected(): void {
    void this.open();
  }

  hostDisconnected(): void {
    this.turn += 1;
    this.search?.close();
    this.search = undefined;
  }

  /** Also to begin anew with the index, where that could not be read. */
  readonly open = async (): Promise<void> => {
    this.turn += 1;
    const { turn } = this;
    this.search?.close();
    this.search = undefined;
    this.isMissing = false;
    // Nothing is to listen to the old one when the new one comes.
    this.host.requestUpdate();
    try {
      const search = await this.consumer.value?.open();
      // The page was left while the code was on its way.
      if (turn !== this.turn) return search?.close();
      this.search = search;
    } catch (error) {
      console.warn('the search did not arrive', error);
      this.isMissing = true;
    }
    this.host.requestUpdate();
  };
}
