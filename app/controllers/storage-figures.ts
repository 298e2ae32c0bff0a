import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import {
  type Downloads,
  type StorageEstimate,
  type StorageKeeper,
  storageContext,
} from '../contexts.ts';
import type { Live } from './live.ts';

/** From here on the interface says that space is running out. */
const NEARLY_FULL = 0.9;

/** How much space is used; asked again when what is stored has changed. */
export class StorageFigures implements ReactiveController {
  estimate: StorageEstimate | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly downloads: Live<Downloads>;
  private readonly consumer: { value?: StorageKeeper };
  private askedAtBytes: number | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, downloads: Live<Downloads>) {
    this.host = host;
    this.downloads = downloads;
    this.consumer = new ContextConsumer(host, { context: storageContext });
    host.addController(this);
  }

  get nearlyFull(): boolean {
    const { usedBytes, quotaBytes } = this.estimate ?? { usedBytes: 0 };
    return quotaBytes !== undefined && usedBytes >= quotaBytes * NEARLY_FULL;
  }

  hostUpdate(): void {
    // An estimate costs the browser a walk over the disk: a step of 1 MB is soon enough.
    const stepBytes = Math.floor(this.downloads.service.storedBytes / 1e6);
    if (stepBytes === this.askedAtBytes) return;
    this.askedAtBytes = stepBytes;
    void this.ask();
  }

  /** Asks the browser to keep what is stored, and looks at its answer when there is one. */
  askToPersist(): void {
    this.consumer.value?.askToPersist();
  }

  async ask(): Promise<void> {
    this.estimate = await this.consumer.value?.estimate();
    this.host.requestUpdate();
  }
}
