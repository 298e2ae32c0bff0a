import type { Download } from '../../../core/model/download.ts';
import type { EpisodeId } from '../../../core/model/ids.ts';

export type Command = 'start' | 'pause' | 'resume' | 'delete';

/** What is certain of one episode, from the user's side. */
interface Certainty {
  /** The command that was confirmed last, if nothing has been asked for since. */
  last: Command | undefined;
  /** Commands, or copies of them, that are under way. */
  open: number;
  /** Several were under way together: which of them came last is not known. */
  isMixed: boolean;
}

/** What the user asked for, and what the interface confirmed (I7). */
export class Wishes {
  private distrusted = 0;
  private readonly certain = new Map<EpisodeId, Certainty>();

  make(command: Command, episodeId: EpisodeId) {
    const it = this.of(episodeId);
    it.isMixed = it.open > 0;
    it.last = undefined;
    let isSettled = false;
    const settle = (last: Command | undefined) => {
      if (isSettled) return;
      isSettled = true;
      it.open -= 1;
      // Asked for together with something else, or answered late: either may have come last.
      it.last = it.open === 0 && !it.isMixed ? last : undefined;
    };
    it.open += 1;
    return {
      confirm: () => settle(command),
      leaveOpen: () => settle(undefined),
      /** A copy is on its way; until it has been worked off, nothing is certain. */
      began: () => {
        it.open += 1;
      },
      ended: () => {
        it.open -= 1;
        if (it.open === 0 && isSettled && it.isMixed) it.last = undefined;
      },
    };
  }

  /** Somebody is at work beside the app's own commands; what comes of it comes later. */
  distrust(): void {
    this.distrusted += 1;
    this.forgetAll();
  }

  trustAgain(): void {
    this.distrusted -= 1;
    this.forgetAll();
  }

  /** Something beside the app's own commands may have changed it. */
  forget(episodeId: EpisodeId): void {
    this.of(episodeId).last = undefined;
  }

  forgetAll(): void {
    for (const id of this.certain.keys()) this.forget(id);
  }

  /** What speaks against a row, if anything. */
  objection(episodeId: EpisodeId, download: Download | undefined): string | undefined {
    const { last, open } = this.of(episodeId);
    if (open > 0 || this.distrusted > 0 || !last) return undefined;
    const state = download?.state ?? { kind: 'absent' as const };
    const isAgainst = {
      start: state.kind === 'absent' || (state.kind === 'deleting' && !state.again),
      resume: state.kind === 'paused' && state.reason === 'user',
      pause:
        state.kind === 'queued' ||
        state.kind === 'active' ||
        (state.kind === 'paused' && state.reason !== 'user'),
      delete: state.kind !== 'absent' && state.kind !== 'deleting',
    }[last];
    return isAgainst ? `I7: ${last} was confirmed, and it is ${JSON.stringify(state)}` : undefined;
  }

  private of(episodeId: EpisodeId): Certainty {
    const found = this.certain.get(episodeId) ?? { last: undefined, open: 0, isMixed: false };
    this.certain.set(episodeId, found);
    return found;
  }
}
