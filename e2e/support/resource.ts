import type { IncomingHttpHeaders } from 'node:http';
import type { Body } from './audio-body.ts';
import type { Behaviour, Fault } from './behaviour.ts';

/** One request, as the origin saw it. `bytesSent` grows while the answer is under way. */
export interface RecordedRequest {
  /** When it came, in ms of `performance.now()`. */
  at: number;
  path: string;
  method: string;
  /** The Range header. */
  range: string | undefined;
  headers: IncomingHttpHeaders;
  status: number;
  /** Of the body, handed to the network; what a killed client had not read yet counts as well. */
  bytesSent: number;
  /** When the last of them was, in ms of `performance.now()`. */
  sentAt?: number;
  /** Whether the answer is over, one way or another. */
  ended: boolean;
}

/** Something with an address at the origin: a feed, an image, the audio of an episode. */
export class Resource {
  readonly path: string;
  /** What was asked of it, oldest first. */
  readonly requests: RecordedRequest[] = [];
  private readonly content: (base: string) => Body;
  private readonly defaults: () => Behaviour;
  private overrides: Partial<Behaviour> = {};
  private faultsLeft = 0;
  private versions = 0;
  private waiting: (() => void)[] = [];

  constructor(path: string, content: (base: string) => Body, defaults: () => Behaviour) {
    this.path = path;
    this.content = content;
    this.defaults = defaults;
  }

  get behaviour(): Behaviour {
    return { ...this.defaults(), ...this.overrides };
  }

  /** Changes how it answers from now on; throttle and stall also for answers under way. */
  set(change: Partial<Behaviour>): void {
    this.overrides = { ...this.overrides, ...change };
    if (change.fault) this.faultsLeft = change.fault.times ?? Number.POSITIVE_INFINITY;
    this.wake();
  }

  /** Bytes of bodies sent so far, over all requests: less the size is what was fetched twice. */
  get bytesSent(): number {
    return this.requests.reduce((sum, request) => sum + request.bytesSent, 0);
  }

  /** The content for somebody who reached the origin at `base`. */
  body(base: string): Body {
    return this.content(base);
  }

  /** The ETag of the next answer. */
  nextEtag(body: Body): string | undefined {
    switch (this.behaviour.etag) {
      case 'strong':
        return `"${body.tag}"`;
      case 'weak':
        return `W/"${body.tag}"`;
      case 'changing':
        this.versions += 1;
        return `"${body.tag}-${this.versions}"`;
      case 'none':
        return undefined;
    }
  }

  /** The fault that the next answer suffers; uses up one of its `times`. */
  takeFault(): Fault | undefined {
    if (this.faultsLeft === 0) return undefined;
    this.faultsLeft -= 1;
    return this.behaviour.fault;
  }

  /** Settles when the behaviour is changed, or `signal` aborts; never rejects. */
  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** Lets answers that are waiting look at the behaviour again. */
  wake(): void {
    for (const resume of this.waiting.splice(0)) resume();
  }
}
