import { deleteDB } from 'idb';
import { RELAY_PATH, RELAY_TOKENS_PATH } from '../../core/api/paths.ts';
import type { Broadcast } from '../../core/contract/broadcasts.ts';
import type { Episode } from '../../core/model/episode.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import type { NetworkRules } from '../../core/model/unmetered.ts';
import { Connection, type Database, openForWriting } from '../../core/storage/database.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { DATABASE_NAME } from '../../core/storage/schema.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import type { WorkerContext } from '../context.ts';
import { advance } from '../downloads/advance.ts';
import { claimNext, noteLaunch } from '../downloads/background-fetch.ts';
import { settleBackgroundFetch } from '../downloads/background-settle.ts';
import { change } from '../downloads/carry-out.ts';
import type { Call } from '../requests/index.ts';
import '../later.ts';
import { bareContext, baseUrl } from './bare-context.ts';
import { FakeBackgroundFetch } from './fake-background-fetch.ts';
import { PodcastHost } from './podcast-host.ts';
import { seededRandom } from './seeded-random.ts';

export const episodeId = 'episode' as EpisodeId;

interface DeviceOptions {
  /** Of the episode. */
  sizeBytes?: number;
  /** Whether the browser has Background Fetch. */
  background?: boolean;
  episode?: Partial<Episode>;
}

/**
 * A device with an empty database, on which one podcast with one episode was subscribed to. It
 * outlives its workers, as a device does: each `startWorker` is one life of the service worker.
 */
export class Device {
  readonly host: PodcastHost;
  readonly broadcasts: Broadcast[] = [];
  readonly reports: unknown[] = [];
  readonly backgroundFetch: FakeBackgroundFetch | undefined;
  /** ms since 1970. Moves only when a test moves it. */
  now = Date.UTC(2026, 10, 1);
  isOnline = true;
  browserLife: string | undefined = 'browser';
  /** The ids of the pages that are open. */
  pages: string[] = [];
  wishesToBeWoken = 0;
  networkRules: NetworkRules = { unmeteredOnly: false, connection: undefined };
  sparesData = false;
  quotaBytes: number | undefined = 10e9;
  freeBytes: number | undefined = 10e9;
  badge = 0;
  hasGateway = false;
  gatewayIsDown = false;
  worker: WorkerContext;
  private readonly random = seededRandom(1);
  private ids = 0;

  static async create(options: DeviceOptions = {}): Promise<Device> {
    await deleteDB(DATABASE_NAME);
    const device = new Device(options);
    const db = await device.worker.database();
    await putFeed(db, aPodcast(), [anEpisode({ id: episodeId, ...options.episode })]);
    return device;
  }

  private constructor({ sizeBytes = 600_000, background = false }: DeviceOptions) {
    this.host = new PodcastHost(sizeBytes);
    if (background) {
      this.backgroundFetch = new FakeBackgroundFetch(
        async (request) =>
          this.reach(request, (it) =>
            isOwn(it) ? this.answerAsGateway(it) : this.host.answer(it),
          ),
        (registration) => settleBackgroundFetch(this.worker, registration),
      );
    }
    this.worker = this.startWorker();
  }

  /** The worker starts anew: memory is lost, rows are not. `change` puts something in its way. */
  startWorker(
    change: (context: WorkerContext) => Partial<WorkerContext> = () => ({}),
  ): WorkerContext {
    const connection = new Connection<Database>(openForWriting);
    const lifeId = this.nextId('life');
    const context = bareContext({
      registration: {
        backgroundFetch: this.backgroundFetch,
      } as unknown as ServiceWorkerRegistration,
      clients: {
        matchAll: async () => this.pages.map((id) => ({ id, url: baseUrl.href })),
      } as unknown as Clients,
      caches,
      locks: locksOfOneLife(),
      fetch: async (input, init) => this.answer(new Request(input, init)),
      now: () => this.now,
      later: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      timeout: (ms) => AbortSignal.timeout(ms),
      isOnline: () => this.isOnline,
      networkRules: async () => this.networkRules,
      sparesData: () => this.sparesData,
      quotaBytes: async () => this.quotaBytes,
      freeBytes: async () => this.freeBytes,
      randomId: () => this.nextId('attempt'),
      random: this.random,
      lifeId,
      browserLife: async () => this.browserLife,
      database: () => connection.get(),
      broadcast: async (broadcast) => {
        this.broadcasts.push(broadcast);
      },
      askToBeWoken: async () => {
        this.wishesToBeWoken += 1;
      },
      showBadge: async (count) => {
        this.badge = count;
      },
      report: (error) => this.reports.push(error),
    });
    this.worker = { ...context, ...change(context) };
    return this.worker;
  }

  /** The user asks for the episode. */
  async request(id: EpisodeId = episodeId): Promise<void> {
    await change(this.worker, id, { type: 'requested' });
  }

  /** Sends one step after the other, as an open page does, and moves the clock instead of waiting. */
  async advanceUntilIdle(): Promise<void> {
    for (let step = 0; step < 100; step += 1) {
      const { againInMs } = await advance(this.worker);
      if (againInMs === null) return;
      this.now += againInMs;
    }
    throw new Error('still not idle after 100 steps');
  }

  /** What a page does that can start Background Fetches, until there is nothing to start. */
  async startBackgroundFetches() {
    const plans = [];
    for (;;) {
      const plan = await claimNext(this.worker, 'page');
      if (!plan) return plans;
      plans.push(plan);
      const requests = plan.requests.map(
        ({ url, range }) => new Request(url, range ? { headers: { range } } : {}),
      );
      const downloadTotal = plan.downloadTotalBytes ?? 0;
      await this.backgroundFetch?.fetch(plan.fetchId, requests, { downloadTotal });
      await noteLaunch(this.worker, plan.fetchId, null);
    }
  }

  /** Has a command carried out, and all that goes on behind its answer. */
  async command<Params, Result>(
    handler: (params: Params, call: Call) => Promise<Result>,
    params: Params,
  ): Promise<Result> {
    const works: Promise<unknown>[] = [];
    const waitUntil = (work: Promise<unknown>) => works.push(work);
    const sender = { postMessage: () => undefined };
    const call = { context: this.worker, clientId: 'page', sender, waitUntil };
    const result = await handler(params, call);
    await Promise.all(works);
    return result;
  }

  private nextId(kind: string): string {
    this.ids += 1;
    return `${kind}-${this.ids}`;
  }

  private async answer(request: Request): Promise<Response> {
    if (isOwn(request)) return this.reach(request, (it) => this.answerAsGateway(it));
    return this.reach(request, (it) => this.host.answerToPage(it));
  }

  private reach(request: Request, answer: (request: Request) => Response): Response {
    request.signal.throwIfAborted();
    if (!this.isOnline) throw new TypeError('Failed to fetch');
    return answer(request);
  }

  private answerAsGateway(request: Request): Response {
    const { pathname, searchParams } = new URL(request.url);
    if (this.gatewayIsDown) throw new TypeError('Failed to fetch');
    if (!this.hasGateway) return new Response(null, { status: 404 });
    if (pathname === `/${RELAY_TOKENS_PATH}`) return Response.json({ tokens: ['fresh'] });
    if (pathname !== `/${RELAY_PATH}fresh`) return new Response(null, { status: 403 });
    const expected = searchParams.get('etag');
    const response = this.host.answer(request);
    const isChanged = expected !== null && response.headers.get('etag') !== expected;
    const status = searchParams.get('changed') === '204' ? 204 : 412;
    return isChanged ? new Response(null, { status }) : response;
  }
}

function isOwn({ url }: Request): boolean {
  return new URL(url).origin === baseUrl.origin;
}

/** The browser's own. A worker that dies lets go of its locks, so no life shares them with another. */
function locksOfOneLife(): LockManager {
  const { locks } = navigator;
  const life = crypto.randomUUID();
  const request = (name: string, ...rest: [LockOptions, LockGrantedCallback<unknown>]) =>
    locks.request(`${life} ${name}`, ...rest);
  return { request, query: () => locks.query() } as LockManager;
}
