/**
 * What this life of the worker has under way, by name. Two events that want the same work share
 * one run of it; a command can stop a run. Nothing here outlives the worker, and nothing has to:
 * leases expire and the next step takes over.
 */
export class RunningWork {
  private readonly runs = new Map<string, Run>();
  private readonly nudges = new Map<string, { come: Promise<void>; resolve: () => void }>();

  /** Runs `work` unless a run of that name is under way; then joins that one. */
  join<T>(
    name: string,
    work: (signal: AbortSignal) => Promise<T>,
    { windsDown = true }: { windsDown?: boolean } = {},
  ): Promise<T> {
    const current = this.runs.get(name);
    // One name always stands for one kind of work, so the result has the asked type.
    if (current) return current.done as Promise<T>;
    const stop = new AbortController();
    const done = work(stop.signal).finally(() => this.runs.delete(name));
    this.runs.set(name, { done, stop, windsDown });
    return done;
  }

  /** Resolves when no run of that name is under way any more, however it ended. */
  async settled(name: string): Promise<void> {
    await this.runs.get(name)?.done.catch(() => undefined);
  }

  /** The same for all runs whose names begin so. */
  async allSettled(beginning: string): Promise<void> {
    const names = [...this.runs.keys()].filter((name) => name.startsWith(beginning));
    await Promise.all(names.map((name) => this.settled(name)));
  }

  /** There is more to do for a run of that name. Fine if there is none. */
  nudge(name: string): void {
    this.nudges.get(name)?.resolve();
    this.nudges.delete(name);
  }

  /** Resolves with the next nudge for that name. */
  nudged(name: string): Promise<void> {
    const known = this.nudges.get(name);
    if (known) return known.come;
    let resolve: () => void = () => undefined;
    const come = new Promise<void>((done) => {
      resolve = done;
    });
    this.nudges.set(name, { come, resolve });
    return come;
  }

  has(name: string): boolean {
    return this.runs.has(name);
  }

  /** Asks every run to end where it can without losing anything. The others go on. */
  windDown(): void {
    for (const { stop, windsDown } of this.runs.values()) if (windsDown) stop.abort();
  }

  /** Asks a run to end, and waits until it has. Fine if there is none. */
  async stop(name: string): Promise<void> {
    const current = this.runs.get(name);
    if (!current) return;
    current.stop.abort();
    await current.done.catch(() => undefined);
  }
}

interface Run {
  done: Promise<unknown>;
  stop: AbortController;
  windsDown: boolean;
}
