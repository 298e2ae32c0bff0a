import type { FaultTally } from './faults.ts';
import { onPlatform } from './platform.ts';
import type { RawStorage } from './raw-storage.ts';
import { World } from './world.ts';

/** What every world leaves behind. */
export interface Outcome {
  seed: number;
  violations: string[];
  faults: FaultTally;
  /** The same for every run of one seed. */
  traceDigest: string;
  /** What happened, line by line, where that was asked for. */
  trace: string;
  /** Commits that were checked. */
  checks: number;
}

/** How a world comes to be, what must hold in it, and what goes on in it. */
interface Script<Stage> {
  setUp(world: World): Promise<Stage>;
  /** After every commit of the database. */
  check(stage: Stage): void;
  run(stage: Stage): Promise<void>;
}

/** Runs one world from its first to its last moment, and has it checked all the way. */
export async function runWorld<Stage extends { storage: RawStorage }>(
  { seed, keepsTrace }: { seed: number; keepsTrace: boolean },
  script: Script<Stage>,
): Promise<{ stage: Stage; outcome: Outcome }> {
  let checks = 0;
  let lastTaskAt = 0;
  let stage: Stage | undefined;
  const afterEach = () => {
    if (!stage?.storage.hasChanged()) return;
    checks += 1;
    script.check(stage);
  };
  const world: World = new World(seed, { keepsTrace, afterEach });
  const queueTask = (run: () => void) => {
    // The database works task by task, and now and then it is busy.
    const durationMs = world.dice.chance(0.01) ? 40 : 0.2;
    lastTaskAt = Math.max(lastTaskAt, world.time.nowMs + durationMs);
    world.time.after(lastTaskAt - world.time.nowMs, run);
  };
  return onPlatform({ queueTask }, async () => {
    const ready = script.setUp(world).then((it) => {
      stage = it;
    });
    await world.time.pass(() => stage !== undefined, 60_000);
    await ready;
    if (!stage) throw new Error('the world did not begin');
    try {
      await script.run(stage);
    } catch (error) {
      world.violate(String(error));
    }
    const { violations, faults, trace } = world;
    const { digest: traceDigest, text } = trace;
    return { stage, outcome: { seed, violations, faults, traceDigest, trace: text, checks } };
  });
}
