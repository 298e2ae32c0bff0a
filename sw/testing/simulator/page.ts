import type {
  BackgroundFetchPlan,
  LaunchRefusal,
  Params,
  RequestType,
  Result,
} from '../../../core/contract/requests.ts';
import type { EpisodeId } from '../../../core/model/ids.ts';
import type { Browser, Tab } from './browser.ts';
import { GoneError } from './life.ts';
import type { Command, Wishes } from './wishes.ts';
import type { World } from './world.ts';

const STEP_TIMEOUT_MS = 40_000;
const CLAIM_TIMEOUT_MS = 120_000;
const RECONCILE_TIMEOUT_MS = 60_000;
const COMMAND_TIMEOUT_MS = 10_000;
const AFTER_ERROR_MS = 2_000;
const CLAIM_AGAIN_MS = 250;
const LONGEST_PAUSE_MS = 60_000;

/** Who wants to know how many copies of a message are under way. */
interface Copies {
  began(): void;
  ended(): void;
  /** How long the first of them takes; as long as it takes, where this is not said. */
  travelMs?: number | undefined;
}

/** An answer did not come in time. */
class SilenceError extends Error {}

/**
 * An open tab: what `DownloadDriver`, `BackgroundFetchStarter` and `WorkerLink` of the app do, over
 * a way on which messages get lost, doubled and late.
 */
export class Page implements Tab {
  readonly id: string;
  isOpen = true;
  isFrozen = false;
  /** Nothing was left to do when it last asked. */
  isIdle = false;
  private readonly world: World;
  private readonly browser: Browser<Page>;
  private readonly wishes: Wishes;
  private isNudged = false;
  private wake: () => void = () => undefined;
  private starting: Promise<void> | undefined;

  constructor(id: string, world: World, browser: Browser<Page>, wishes: Wishes) {
    this.id = id;
    this.world = world;
    this.browser = browser;
    this.wishes = wishes;
    browser.pages.push(this);
    this.drive().catch((error) => world.violate(`a page broke: ${error}`));
  }

  close(): void {
    this.isOpen = false;
  }

  /** Something may have changed: look now. */
  hear(): void {
    this.isNudged = true;
    this.wake();
  }

  /** The user presses something here, or has: then the worker hears of it now. */
  async press(command: Command, episodeId: EpisodeId, isOnItsWay = false): Promise<void> {
    this.world.note(`${this.id} ${command} ${episodeId}`);
    const wish = this.wishes.make(command, episodeId);
    try {
      const answer = await this.send(`download/${command}`, { episodeId }, COMMAND_TIMEOUT_MS, {
        ...wish,
        travelMs: isOnItsWay ? 0 : undefined,
      });
      // A refusal, such as "no space", promises nothing.
      if ('ok' in answer && !answer.ok) wish.leaveOpen();
      else wish.confirm();
    } catch {
      wish.leaveOpen();
    }
    this.hear();
  }

  private async drive(): Promise<void> {
    await this.attempt(() => this.send('downloads/reconcile', {}, RECONCILE_TIMEOUT_MS));
    while (this.isOpen) {
      this.isNudged = false;
      const pauseMs = await this.attempt(() => this.step());
      this.isIdle = pauseMs === null;
      await this.pause(pauseMs === undefined ? AFTER_ERROR_MS : pauseMs);
      while (this.isFrozen && this.isOpen) await this.world.time.pause(1_000);
    }
  }

  private async step(): Promise<number | null> {
    this.starting ??= this.startAll()
      .catch(() => undefined)
      .finally(() => {
        this.starting = undefined;
      });
    const { againInMs, claimable } = await this.send('downloads/advance', {}, STEP_TIMEOUT_MS);
    return claimable ? CLAIM_AGAIN_MS : againInMs;
  }

  private async startAll(): Promise<void> {
    while (this.browser.hasBackgroundFetch) {
      const { plan } = await this.send('download/claim', {}, CLAIM_TIMEOUT_MS);
      if (!plan) return;
      const refusal = await this.launch(plan);
      if (!this.isOpen) return;
      await this.send('download/launched', { fetchId: plan.fetchId, refusal }, COMMAND_TIMEOUT_MS);
    }
  }

  private async launch({
    fetchId,
    downloadTotalBytes,
    requests,
  }: BackgroundFetchPlan): Promise<LaunchRefusal | null> {
    await this.world.time.pause(5);
    if (!this.isOpen) return null;
    if (this.world.draw(['launch-refused'], this.world.faultRate / 4)) {
      return this.world.dice.pick(['no-space', 'too-many', 'not-allowed', 'unexpected']);
    }
    const all = requests.map(
      ({ url, range }) => new Request(url, range ? { headers: { range } } : {}),
    );
    try {
      const downloadTotal = downloadTotalBytes ?? 0;
      await this.browser.background.start(fetchId, all, { downloadTotal });
      return null;
    } catch {
      return this.browser.background.live.length >= 5 ? 'too-many' : 'not-allowed';
    }
  }

  /** A worker that is ended at it is asked once more. */
  async send<Type extends RequestType>(
    type: Type,
    params: Params<Type>,
    timeoutMs: number,
    copies?: Copies,
  ): Promise<Result<Type>> {
    const late = this.world.time.pause(timeoutMs).then(() => {
      throw new SilenceError(type);
    });
    late.catch(() => undefined);
    const ask = () => Promise.race([this.post(type, params, copies), late]);
    return ask().catch((error: unknown) => {
      if (!(error instanceof GoneError)) throw error;
      return ask();
    });
  }

  private async post<Type extends RequestType>(
    type: Type,
    params: Params<Type>,
    copies?: Copies,
  ): Promise<Result<Type>> {
    const { world } = this;
    const fault = world.draw(
      ['message-lost', 'message-doubled', 'message-late', 'answer-lost'],
      world.faultRate / 16,
    );
    const arrive = async (afterMs: number) => {
      copies?.began();
      try {
        await world.time.pause(afterMs);
        return await this.browser.ask(type, params, this.id);
      } finally {
        copies?.ended();
      }
    };
    if (fault === 'message-lost') return new Promise(() => undefined);
    if (fault === 'message-doubled') arrive(world.dice.between(1, 50)).catch(() => undefined);
    const lateMs = fault === 'message-late' ? world.dice.between(100, 5_000) : 0;
    const result = await arrive(lateMs + (copies?.travelMs ?? world.dice.between(1, 8)));
    await world.time.pause(world.dice.between(1, 8));
    if (fault === 'answer-lost' || !this.isOpen) return new Promise(() => undefined);
    return result;
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.world.note(`${this.id} has no answer: ${error}`);
      return undefined;
    }
  }

  private async pause(pauseMs: number | null): Promise<void> {
    if (this.isNudged) return;
    const longest = this.world.faultRate > 0 ? LONGEST_PAUSE_MS : Number.POSITIVE_INFINITY;
    await new Promise<void>((resolve) => {
      const cancel =
        pauseMs === null ? undefined : this.world.time.after(Math.min(pauseMs, longest), resolve);
      this.wake = () => {
        cancel?.();
        resolve();
      };
    });
  }
}
