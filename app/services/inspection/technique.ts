import type { Library } from '../../contexts.ts';
import type { WorkerLink } from '../worker-link.ts';
import type { TabLine } from './tab-line.ts';

/**
 * What a module of app/techniques exports: one technique of the platform, caused by a button of the
 * Inspector. What the Inspector shows of it is its source from `run` on, as it stands in its file.
 */
export interface Technique {
  title: string;
  /** One or two sentences. */
  explanation: string;
  /** The anchor of its section in docs/messages.md. */
  docs: string;
  /** Resolves with a sentence about what happened. */
  run(tools: Tools): Promise<string>;
  /** Says why this browser cannot, if so. */
  missing?(registration: ServiceWorkerRegistration): string | undefined;
}

export interface Tools {
  link: WorkerLink;
  registration: ServiceWorkerRegistration;
  library: Library;
  tabs: TabLine;
  /** Aborts when Stop is pressed, or the Inspector is left. */
  stop: AbortSignal;
  /** Shows the `progress` events of a Background Fetch. */
  follow(registration: BackgroundFetchRegistration): void;
}
