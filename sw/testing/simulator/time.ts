/** A world that needs more has lost itself in a circle. */
const MOST_TASKS = 60_000;

interface Task {
  at: number;
  run: () => void;
}

/**
 * The time of one world. It stands still while anything is at work, and jumps to the next task when
 * nothing is: an hour of waiting costs nothing, and the order of things is always the same.
 */
export class SimulatedTime {
  /** ms since this world began. Grows evenly; what the device takes for the date is another thing. */
  nowMs = 0;
  tasksRun = 0;
  private readonly tasks: Task[] = [];
  private readonly afterEach: () => void;

  constructor(afterEach: () => void = () => undefined) {
    this.afterEach = afterEach;
  }

  /** Runs something after so many ms. What is returned calls it off. */
  after(ms: number, run: () => void): () => void {
    const task = { at: this.nowMs + Math.max(0, ms), run };
    let index = this.tasks.length;
    while (index > 0 && (this.tasks[index - 1]?.at ?? 0) > task.at) index -= 1;
    this.tasks.splice(index, 0, task);
    return () => {
      const found = this.tasks.indexOf(task);
      if (found !== -1) this.tasks.splice(found, 1);
    };
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Lets time go by until `done` says so. `false` when nothing was left to do, or too much time went. */
  async pass(done: () => boolean, limitMs: number): Promise<boolean> {
    const end = this.nowMs + limitMs;
    await turn();
    while (!done()) {
      const next = this.tasks[0];
      if (!next || next.at > end) {
        this.nowMs = end;
        return done();
      }
      this.tasks.shift();
      this.nowMs = Math.max(this.nowMs, next.at);
      this.tasksRun += 1;
      if (this.tasksRun > MOST_TASKS) throw new Error('I15: it goes on for ever');
      next.run();
      await turn();
      this.afterEach();
    }
    return true;
  }
}

/**
 * Every promise that can go on has gone on afterwards: Node empties the queue of microtasks before it
 * comes to the next tick. A turn of the event loop would do the same, and cost most of the time.
 */
function turn(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
