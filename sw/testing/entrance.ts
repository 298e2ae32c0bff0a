import { Tap } from '../../core/messaging/tap.ts';
import { ClientLoad } from '../client-load.ts';
import type { WorkerContext } from '../context.ts';
import { ProgressBoard } from '../downloads/progress-board.ts';
import { RunningWork } from '../downloads/running-work.ts';
import { DroppedMessages } from '../dropped-messages.ts';
import { onMessage } from '../events/message.ts';
import '../later.ts';

/*
 * The entrance, with real ports and events of our own making: a browser sends no message of another
 * origin, and none without a source, but what if it did. Node has no clients: these stand for them.
 */

export class AClient {
  readonly url: string;
  readonly id: string;
  constructor(url = 'https://app.example/stowaway/#/episodes', id = 'page') {
    this.url = url;
    this.id = id;
  }
}
export class AWindow extends AClient {}
Object.assign(globalThis, { Client: AClient, WindowClient: AWindow });

const opened: MessagePort[] = [];

/** After each test: open ports keep Node alive. */
export function closePorts(): void {
  for (const port of opened.splice(0)) port.close();
}

/** A worker that may answer, and must not look anything up. */
export function aWorker() {
  const reports: unknown[] = [];
  const worker = {
    skips: 0,
    reports,
    baseUrl: new URL('https://app.example/stowaway/'),
    build: 'test',
    lifeId: 'life',
    // Nobody else is there to hold one.
    locks: {
      request: async (_name: string, _options: LockOptions, granted: () => unknown) => granted(),
    },
    skipWaiting: async () => {
      worker.skips += 1;
    },
    database: () => Promise.reject(new Error('nothing may be looked up')),
    broadcast: async () => undefined,
    clients: { matchAll: async () => [{ id: 'page' }] },
    tap: new Tap('worker'),
    dropped: new DroppedMessages(),
    progress: new ProgressBoard(() => 0),
    running: new RunningWork(),
    load: new ClientLoad(),
    report: (error: unknown) => reports.push(error),
  };
  return worker as unknown as WorkerContext & { skips: number; reports: unknown[] };
}

export interface Sent {
  data?: unknown;
  source?: unknown;
  origin?: string;
  ports?: number;
}

/** What a page sends, as it arrives after a structured clone, and what became of it. */
export function send(
  worker: WorkerContext,
  { data, source = new AWindow(), origin, ports = 1 }: Sent,
) {
  const channels = Array.from({ length: ports }, () => new MessageChannel());
  const told: unknown[] = [];
  const closed: Promise<unknown>[] = [];
  for (const { port1, port2 } of channels) {
    opened.push(port1, port2);
    port1.onmessage = (event) => told.push(event.data);
    closed.push(new Promise((resolve) => port1.addEventListener('close', resolve)));
  }
  const works: Promise<unknown>[] = [];
  const event = {
    data,
    source,
    origin: origin ?? 'https://app.example',
    ports: channels.map(({ port2 }) => port2),
    lastEventId: '',
    waitUntil: (work: Promise<unknown>) => works.push(work),
  } as unknown as ExtendableMessageEvent;
  return { event, told, works, allClosed: () => Promise.all(closed), receive };

  function receive(listener = onMessage) {
    listener(event, worker);
    return Promise.all(works);
  }
}
