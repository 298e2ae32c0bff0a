import type { Attempt } from '../../../core/model/attempt.ts';
import type { Download, DownloadState } from '../../../core/model/download.ts';
import type { AttemptId, EpisodeId } from '../../../core/model/ids.ts';
import type { Holders } from './holders.ts';
import type { Origin } from './origin.ts';
import type { Rows } from './raw-storage.ts';
import { digestOf } from './version.ts';
import type { Wishes } from './wishes.ts';
import type { World } from './world.ts';

/** What may follow what, from the outside: an own table, not the one of the state machine. */
const MAY_BECOME: Record<DownloadState['kind'], DownloadState['kind'][]> = {
  absent: ['queued'],
  queued: ['active', 'paused', 'failed', 'deleting'],
  active: ['queued', 'paused', 'failed', 'verifying', 'deleting'],
  verifying: ['queued', 'paused', 'failed', 'committed', 'deleting'],
  paused: ['queued', 'failed', 'deleting'],
  failed: ['queued', 'deleting'],
  evicted: ['queued', 'deleting'],
  committed: ['evicted', 'deleting'],
  deleting: ['absent', 'queued'],
};

function received({ journal }: Attempt): number {
  return journal.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
}

/** Holds every committed state of the rows against what must always hold, and against the last one. */
export class Invariants {
  /** Attempts whose bytes the browser took: what they promise does not hold until somebody looks. */
  readonly bereft = new Set<AttemptId>();
  private readonly world: World;
  private readonly origins: ReadonlyMap<EpisodeId, Origin>;
  private readonly wishes: Wishes;
  private readonly holders: Holders;
  private downloads = new Map<EpisodeId, Download>();
  private attempts = new Map<AttemptId, Attempt>();

  constructor(
    world: World,
    origins: ReadonlyMap<EpisodeId, Origin>,
    wishes: Wishes,
    holders: Holders,
  ) {
    this.world = world;
    this.origins = origins;
    this.wishes = wishes;
    this.holders = holders;
  }

  /** The browser took everything: there is nothing to compare with. */
  forget(): void {
    this.downloads = new Map();
    this.attempts = new Map();
  }

  check(rows: Rows): void {
    const downloads = new Map(rows.downloads.map((row) => [row.episodeId, row]));
    const attempts = new Map(rows.attempts.map((row) => [row.id, row]));
    const segments = new Map<string, number>();
    for (const { attemptId, offsetBytes, blob } of rows.segments) {
      segments.set(`${attemptId} ${offsetBytes}`, blob.size);
    }
    for (const attempt of rows.attempts) {
      if (this.attempts.get(attempt.id) !== attempt) this.checkAttempt(attempt);
      this.checkBytes(attempt, segments);
    }
    for (const episodeId of this.origins.keys()) {
      const before = this.downloads.get(episodeId);
      const now = downloads.get(episodeId);
      if (before !== now) this.checkChange(episodeId, before, now, attempts);
      if (now) this.checkDownload(now, attempts);
      const isNew = before?.state.kind !== 'committed' && now?.state.kind === 'committed';
      const committed = isNew && now.committedAttemptId && attempts.get(now.committedAttemptId);
      // Also where the browser took some: in that very moment they must have been looked for.
      if (committed) this.checkEveryByte(committed, segments);
      const objection = this.wishes.objection(episodeId, now);
      if (objection) this.world.violate(`${episodeId}: ${objection}`);
    }
    const positions = new Set(rows.downloads.map(({ position }) => position));
    if (positions.size < rows.downloads.length) this.world.violate('two rows share a position');
    this.downloads = downloads;
    this.attempts = attempts;
  }

  private checkAttempt(attempt: Attempt): void {
    const { id, episodeId, journal, totalBytes } = attempt;
    const before = this.attempts.get(id);
    const say = (words: string) => this.world.violate(`${episodeId}, attempt ${id}: ${words}`);
    if (before && attempt.epoch < before.epoch) say('I6: the epoch went back');
    if (before) this.holders.check(before, attempt);
    if (before && received(attempt) < received(before) && !this.bereft.has(id)) {
      say(`I5: ${received(before)} bytes became ${received(attempt)}`);
    }
    const isDeleted = this.downloads.get(episodeId)?.state.kind === 'deleting';
    if (before && isDeleted && received(attempt) > received(before)) {
      say('I6: bytes come to what is being deleted');
    }
    if (before?.totalBytes !== undefined && before.totalBytes !== totalBytes) {
      say(`I4: the total was ${before.totalBytes} and is ${totalBytes}`);
    }
    let end = 0;
    for (const { offsetBytes, lengthBytes } of journal) {
      if (offsetBytes < end || lengthBytes <= 0) say('I5: entries lie over each other (doubled)');
      end = offsetBytes + lengthBytes;
    }
    if (totalBytes !== undefined && end > totalBytes) say('I5: more than there is');
    const isOfOne = this.origins.get(episodeId)?.versions.some((version) =>
      journal.every(
        ({ offsetBytes, lengthBytes, sha256 }) =>
          digestOf(version, offsetBytes, lengthBytes) === sha256 ||
          // What has no length yet may be too long; it is not committed without proof.
          (totalBytes === undefined && offsetBytes + lengthBytes > version.content.length),
      ),
    );
    if (journal.length > 0 && !isOfOne) say('I4: not the bytes of any one version (corrupt)');
  }

  /** I10: bytes and journal say the same. */
  private checkBytes(attempt: Attempt, segments: Map<string, number>): void {
    const { id, episodeId } = attempt;
    if (!this.bereft.has(id) && !this.isGoing(id, episodeId))
      this.checkEveryByte(attempt, segments);
  }

  private checkEveryByte({ id, episodeId, journal }: Attempt, segments: Map<string, number>): void {
    for (const { offsetBytes, lengthBytes } of journal) {
      const size = segments.get(`${id} ${offsetBytes}`);
      if (size !== lengthBytes) {
        this.world.violate(
          `${episodeId}: I10: the bytes at ${offsetBytes} of ${id} are not there (lost)`,
        );
      }
    }
  }

  /** An attempt that nobody wants: its bytes go first, and its row after them. */
  private isGoing(id: AttemptId, episodeId: EpisodeId): boolean {
    const download = this.downloads.get(episodeId);
    if (!download || download.state.kind === 'deleting') return true;
    return download.attemptId !== id && download.committedAttemptId !== id;
  }

  private checkDownload(
    { episodeId, state, attemptId, committedAttemptId, failuresAt, retries }: Download,
    attempts: Map<AttemptId, Attempt>,
  ): void {
    const say = (words: string) => this.world.violate(`${episodeId}: ${words}`);
    if (state.kind === 'committed') {
      const attempt = committedAttemptId && attempts.get(committedAttemptId);
      if (!attempt) {
        say('I1: committed without an attempt (ghost)');
        return;
      }
      if (committedAttemptId !== attemptId) say('I3: two attempts are pointed at');
      if (received(attempt) !== attempt.totalBytes) say('I1: committed without every byte (lost)');
      const isWhole = this.origins
        .get(episodeId)
        ?.versions.some(({ content }) => content.byteLength === attempt.totalBytes);
      if (!isWhole)
        say(`I1: committed with ${attempt.totalBytes} bytes, which it never had (corrupt)`);
    } else if (committedAttemptId && state.kind !== 'deleting') {
      say(`I2: ${state.kind} with a committed attempt (ghost)`);
    }
    if (failuresAt.length > 50 || retries > 50) say('I15: it goes on for ever');
  }

  private checkChange(
    episodeId: EpisodeId,
    before: Download | undefined,
    now: Download | undefined,
    attempts: Map<AttemptId, Attempt>,
  ): void {
    const say = (words: string) => this.world.violate(`${episodeId}: ${words}`);
    const from = before?.state.kind ?? 'absent';
    const to = now?.state.kind ?? 'absent';
    if (from !== to)
      this.world.note(`${episodeId} ${from} -> ${JSON.stringify(now?.state ?? 'absent')}`);
    if (from !== to && !MAY_BECOME[from].includes(to)) {
      // Two changes between two looks are possible, three are not.
      const isTwo = MAY_BECOME[from].some((between) => MAY_BECOME[between].includes(to));
      if (!isTwo) say(`I12: ${from} became ${to}`);
    }
    if (!before || !now || (to !== 'paused' && to !== 'failed') || from === to) return;
    // I9: standing still costs nothing that is proven.
    const old = before.attemptId && this.attempts.get(before.attemptId);
    if (!old || old.shape === 'whole' || received(old) === 0) return;
    const isStale = now.state.kind === 'failed' && now.state.failure.code === 'enclosure-changed';
    if (isStale || this.bereft.has(old.id)) return;
    const kept = now.attemptId === old.id ? attempts.get(old.id) : undefined;
    if (!kept || received(kept) < received(old)) say(`I9: ${to}, and its bytes are gone (lost)`);
  }
}
