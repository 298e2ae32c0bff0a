/*
 * Chromium's Background Fetch as it was measured, without the browser: requests are worked off by
 * the text of their array index, records are told apart by the fragment alone, bodies read once,
 * and everything can be read until the settle event is over, and never later. When something
 * arrives, and how it ends, is said by the test.
 */

const MAX_LIVE = 5;

type FailureReason = BackgroundFetchRegistration['failureReason'];

interface Delivered {
  status: number;
  headers: Headers;
  bytes: ArrayBuffer;
}

export class FakeBackgroundFetch implements BackgroundFetchManager {
  readonly started: FakeRegistration[] = [];
  /** The settle events that are under way. */
  private readonly events = new Set<Promise<void>>();
  private readonly answer: (request: Request) => Promise<Response>;
  private readonly onSettled: (registration: FakeRegistration) => Promise<void>;

  constructor(
    answer: (request: Request) => Promise<Response>,
    onSettled: (registration: FakeRegistration) => Promise<void>,
  ) {
    this.answer = answer;
    this.onSettled = onSettled;
  }

  async fetch(id: string, requests: RequestInfo[], options: BackgroundFetchOptions = {}) {
    const isKnown = (await this.getIds()).includes(id);
    if (isKnown || requests.length === 0 || this.live().length >= MAX_LIVE) throw new TypeError(id);
    const all = requests.map((request) => new Request(request));
    const registration = new FakeRegistration(id, all, options, this.answer, (it) =>
      this.settle(it),
    );
    this.started.push(registration);
    return registration;
  }

  async get(id: string): Promise<FakeRegistration | undefined> {
    return this.live().find((registration) => registration.id === id);
  }

  async getIds(): Promise<string[]> {
    return this.live().map(({ id }) => id);
  }

  /** Resolves when every settle event that was sent has been handled. */
  async settled(): Promise<void> {
    while (this.events.size > 0) await Promise.all(this.events);
  }

  private live(): FakeRegistration[] {
    return this.started.filter(({ result }) => result === '');
  }

  private settle(registration: FakeRegistration): Promise<void> {
    const event = this.onSettled(registration).finally(() => {
      registration.recordsAvailable = false;
      this.events.delete(event);
    });
    this.events.add(event);
    return event;
  }
}

export class FakeRegistration extends EventTarget implements BackgroundFetchRegistration {
  readonly id: string;
  readonly uploadTotal = 0;
  readonly downloadTotal: number;
  downloaded = 0;
  result: BackgroundFetchRegistration['result'] = '';
  failureReason: FailureReason = '';
  recordsAvailable = true;
  /** In the order in which the browser works them off. */
  readonly requests: Request[];
  private readonly arrivals: Arrival[];
  private readonly lost = new Set<number>();
  private readonly answer: (request: Request) => Promise<Response>;
  private readonly onEnd: (registration: FakeRegistration) => Promise<void>;
  private turn = 0;

  constructor(
    id: string,
    requests: Request[],
    { downloadTotal = 0 }: BackgroundFetchOptions,
    answer: (request: Request) => Promise<Response>,
    onEnd: (registration: FakeRegistration) => Promise<void>,
  ) {
    super();
    this.id = id;
    this.downloadTotal = downloadTotal;
    this.requests = Object.keys(requests)
      .sort()
      .flatMap((index) => requests[Number(index)] ?? []);
    this.arrivals = this.requests.map(() => new Arrival());
    this.answer = answer;
    this.onEnd = onEnd;
  }

  async matchAll(): Promise<BackgroundFetchRecord[]> {
    if (!this.recordsAvailable) throw new DOMException('The records are gone', 'InvalidStateError');
    return this.requests.flatMap((request, index) => {
      const arrival = this.lost.has(index) ? undefined : this.arrivals[index];
      return arrival ? [{ request, responseReady: arrival.response() }] : [];
    });
  }

  /** The next requests that are not here yet are answered. */
  async deliver(count = this.requests.length): Promise<void> {
    for (let left = count; left > 0 && this.turn < this.requests.length; left -= 1) {
      await this.deliverAt(this.turn);
      this.turn += 1;
    }
  }

  /** One request is answered, out of turn. */
  async deliverAt(index: number): Promise<void> {
    const request = this.requests[index];
    if (!request) throw new Error(`there is no request ${index}`);
    const { status, headers, body } = await this.answer(request);
    const bytes = await new Response(body).arrayBuffer();
    this.downloaded += bytes.byteLength;
    this.arrivals[index]?.arrive({ status, headers, bytes });
    this.dispatchEvent(new Event('progress'));
  }

  /** The browser reports success for one request, with nothing in it. */
  deliverEmpty(index: number): void {
    const headers = new Headers({ 'content-type': 'audio/mpeg' });
    this.arrivals[index]?.arrive({ status: 206, headers, bytes: new ArrayBuffer(0) });
  }

  /** One record is not in the list any more. */
  lose(index: number): void {
    this.lost.add(index);
  }

  /** It is over. Resolves when the settle event has been handled. */
  async end(failureReason: FailureReason = ''): Promise<void> {
    if (this.result !== '') return;
    this.result = failureReason === '' ? 'success' : 'failure';
    this.failureReason = failureReason;
    for (const arrival of this.arrivals) arrival.fail(new DOMException('aborted', 'AbortError'));
    await this.onEnd(this);
  }

  /** It is over, and whoever was told of it died before anything could be done. */
  endUnheard(): void {
    this.result = 'failure';
    this.recordsAvailable = false;
  }

  async abort(): Promise<boolean> {
    if (this.result !== '') return false;
    // Whoever aborts does not wait for the event, and one that rejects is the browser's to swallow.
    this.end('aborted').catch(() => undefined);
    return true;
  }
}

/** One answer that is on its way, is here, or will never come. */
class Arrival {
  arrive: (delivered: Delivered) => void = () => undefined;
  fail: (reason: unknown) => void = () => undefined;
  private readonly delivered: Promise<Delivered>;

  constructor() {
    this.delivered = new Promise((resolve, reject) => {
      this.arrive = resolve;
      this.fail = reject;
    });
    this.delivered.catch(() => undefined);
  }

  /** A body reads once, so everyone gets a response of their own. */
  response(): Promise<Response> {
    const response = this.delivered.then(
      ({ status, headers, bytes }) =>
        new Response(status === 204 ? null : bytes, { status, headers }),
    );
    response.catch(() => undefined);
    return response;
  }
}
