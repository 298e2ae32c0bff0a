import type { CDPSession, Page } from '@playwright/test';

/**
 * `before`: each message of the page finds its worker ended, and starts a new one. `after`: the
 * worker is ended as soon as the message is on its way, so while it starts or works on it.
 */
export type Moment = 'before' | 'after';

/** Ends service workers as the browser does, only more often. Chromium only. */
export class WorkerStopper {
  /** How often it has. */
  stops = 0;
  private readonly session: CDPSession;

  private constructor(session: CDPSession) {
    this.session = session;
  }

  static async of(page: Page): Promise<WorkerStopper> {
    const session = await page.context().newCDPSession(page);
    await session.send('ServiceWorker.enable');
    return new WorkerStopper(session);
  }

  async stop(): Promise<void> {
    this.stops += 1;
    await this.session.send('ServiceWorker.stopAllWorkers');
  }

  /**
   * From the next load of the page on, at every message that it sends to its worker; `after` only at
   * the first of each name: a page asks twice, and an answer must be possible.
   */
  async stopAtEveryMessage(page: Page, moment: Moment): Promise<void> {
    await page.exposeBinding('stopWorker', () => this.stop());
    await page.addInitScript(stopAtMessages, moment);
  }
}

function stopAtMessages(moment: Moment): void {
  const { stopWorker } = window as unknown as { stopWorker: () => Promise<void> };
  const prototype = ServiceWorker.prototype;
  const post = prototype.postMessage as (message: unknown, transfer: Transferable[]) => void;
  const sent = new Map<string, number>();
  let last = Promise.resolve();
  prototype.postMessage = function (this: ServiceWorker, message: unknown, transfer: unknown) {
    const { type } = message as { type: string };
    const count = (sent.get(type) ?? 0) + 1;
    sent.set(type, count);
    if (moment === 'before') {
      last = last.then(stopWorker).then(() => post.call(this, message, transfer as Transferable[]));
      return;
    }
    post.call(this, message, transfer as Transferable[]);
    if (count === 1) last = last.then(stopWorker);
  };
}
