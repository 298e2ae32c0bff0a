import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const EVERY_MS = 200;

/**
 * By how much a process and its descendants grew at their peak while `work` went on, in MB. The sum
 * of their proportional set sizes (PSS): what several of them share counts once. Linux only.
 */
export async function peakGrowthMb(processId: number, work: () => Promise<unknown>) {
  const before = await pssMb(processId);
  let peak = before;
  let isOver = false;
  const watch = async () => {
    while (!isOver) {
      peak = Math.max(peak, await pssMb(processId));
      await delay(EVERY_MS);
    }
  };
  const watching = watch();
  await work().finally(() => {
    isOver = true;
  });
  await watching;
  return peak - before;
}

async function pssMb(root: number): Promise<number> {
  const family = await descendants(root);
  const sizes = await Promise.all(family.map(pssKib));
  return (sizes.reduce((sum, size) => sum + size, 0) * 1024) / 1e6;
}

/** 0 for a process that has ended meanwhile. */
async function pssKib(processId: number): Promise<number> {
  const rollup = await readFile(`/proc/${processId}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0);
}

/** The process itself among them. */
async function descendants(root: number): Promise<number[]> {
  const children = new Map<number, number[]>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The name, in parentheses, may hold anything.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const family: number[] = [];
  const queue = [root];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    family.push(next);
    queue.push(...(children.get(next) ?? []));
  }
  return family;
}
