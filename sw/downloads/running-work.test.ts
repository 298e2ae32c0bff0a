import { describe, expect, it, vi } from 'vitest';
import { RunningWork } from './running-work.ts';

/** Work that runs until it is stopped. */
const untilStopped = (signal: AbortSignal) =>
  new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('stopped')));

describe('work of one name', () => {
  it('runs once for all who want it at the same time', async () => {
    const running = new RunningWork();
    const work = vi.fn(untilStopped);
    const results = [running.join('a', work), running.join('a', work)];
    await running.stop('a');
    await expect(Promise.all(results)).resolves.toEqual(['stopped', 'stopped']);
    expect(work).toHaveBeenCalledOnce();
  });

  it('does not hold up work of another name', async () => {
    const running = new RunningWork();
    const first = running.join('a', untilStopped);
    await expect(running.join('b', async () => 'b')).resolves.toBe('b');
    await running.stop('a');
    await first;
  });

  it('runs again once it is over', async () => {
    const running = new RunningWork();
    const work = vi.fn(async () => undefined);
    await running.join('a', work);
    await running.join('a', work);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('runs again after it has failed, and everyone heard of the failure', async () => {
    const running = new RunningWork();
    const fail = () => Promise.reject(new Error('no'));
    const both = [running.join('a', fail), running.join('a', fail)];
    for (const result of both) await expect(result).rejects.toThrow('no');
    await expect(running.join('a', async () => 'well')).resolves.toBe('well');
  });
});

describe('a nudge', () => {
  it('is heard by all who wait for it, once', async () => {
    const running = new RunningWork();
    const heard = Promise.all([running.nudged('a'), running.nudged('a')]);
    running.nudge('a');
    await heard;
    const next = Promise.race([running.nudged('a'), Promise.resolve('silence')]);
    await expect(next).resolves.toBe('silence');
  });

  it('of another name, or with nobody there, is heard by nobody', async () => {
    const running = new RunningWork();
    running.nudge('a');
    const next = Promise.race([running.nudged('a'), Promise.resolve('silence')]);
    running.nudge('b');
    await expect(next).resolves.toBe('silence');
  });
});

describe('stop', () => {
  it('resolves only when the work has ended', async () => {
    const running = new RunningWork();
    let ended = false;
    const result = running.join('a', async (signal) => {
      await untilStopped(signal);
      ended = true;
    });
    await running.stop('a');
    expect(ended).toBe(true);
    await result;
  });

  it('does not pass on what the work died of: whoever joined hears it', async () => {
    const running = new RunningWork();
    const result = running.join('a', async (signal) => {
      await untilStopped(signal);
      throw new Error('too late');
    });
    const heard = expect(result).rejects.toThrow('too late');
    await expect(running.stop('a')).resolves.toBeUndefined();
    await heard;
  });

  it('is fine when there is nothing to stop', async () => {
    await expect(new RunningWork().stop('a')).resolves.toBeUndefined();
  });
});

it('knows when all runs of a kind are over, however they end', async () => {
  const running = new RunningWork();
  const over: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string, fail: boolean) =>
    running
      .join(name, () => new Promise<void>((resolve, reject) => ends.push(fail ? reject : resolve)))
      .catch(() => undefined)
      .finally(() => over.push(name));
  const runs = [work('kind:one', false), work('kind:two', true), work('other', false)];
  const settled = running.allSettled('kind:').then(() => over.push('settled'));
  ends[0]?.();
  await runs[0];
  expect(over).toEqual(['kind:one']);
  ends[1]?.();
  await settled;
  expect(over).toEqual(expect.arrayContaining(['kind:one', 'kind:two', 'settled']));
  expect(over).not.toContain('other');
  ends[2]?.();
});
