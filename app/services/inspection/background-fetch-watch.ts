import type { Tap } from '../../../core/messaging/tap.ts';

/** Shows the `progress` events of Background Fetches, which only pages get without asking. */
export class BackgroundFetchWatch {
  private readonly tap: Tap;
  private readonly signal: AbortSignal;
  /** Held on to: an event target that nothing refers to may vanish with its listeners. */
  private readonly followed = new Map<string, BackgroundFetchRegistration>();

  /** Until `signal` aborts. */
  constructor(tap: Tap, signal: AbortSignal) {
    this.tap = tap;
    this.signal = signal;
    signal.addEventListener('abort', () => this.followed.clear());
  }

  /** Those that were started before, here or in another tab. */
  async followAll(manager: BackgroundFetchManager): Promise<void> {
    for (const id of await manager.getIds()) {
      const registration = await manager.get(id);
      if (registration) this.follow(registration);
    }
  }

  readonly follow = (registration: BackgroundFetchRegistration): void => {
    const { id } = registration;
    if (this.signal.aborted || this.followed.has(id)) return;
    this.followed.set(id, registration);
    const onProgress = () => {
      const { downloaded, downloadTotal, result, failureReason } = registration;
      this.tap.record(() => ({
        channel: 'event',
        from: 'browser',
        to: 'page',
        type: 'progress',
        phase: 'only',
        exchangeId: id,
        ...(result !== '' && { outcome: failureReason || result }),
        payload: { id, downloaded, downloadTotal },
      }));
      if (result !== '') this.followed.delete(id);
    };
    registration.addEventListener('progress', onProgress, { signal: this.signal });
  };
}
