import { afterEach, describe, expect, it } from 'vitest';
import { whenConnectable } from './conditions.ts';

const undo: (() => void)[] = [];

/** What the browser says of itself, said otherwise; the event tells that it has changed. */
function say(target: object, property: string, value: unknown, tell: () => void): void {
  Object.defineProperty(target, property, { configurable: true, get: () => value });
  undo.push(() => Reflect.deleteProperty(target, property));
  tell();
}

const connection = () => (navigator as unknown as { connection: EventTarget }).connection;

const hide = (hidden: boolean) =>
  say(document, 'hidden', hidden, () => document.dispatchEvent(new Event('visibilitychange')));
const connect = (online: boolean) =>
  say(navigator, 'onLine', online, () => dispatchEvent(new Event(online ? 'online' : 'offline')));
const saveData = (saves: boolean) =>
  say(connection(), 'saveData', saves, () => connection().dispatchEvent(new Event('change')));
const network = (type: string) =>
  say(connection(), 'type', type, () => connection().dispatchEvent(new Event('change')));

afterEach(() => {
  for (const one of undo.splice(0)) one();
});

describe('a page holds a connection', () => {
  it.each([
    ['while it is seen', () => hide(true), () => hide(false)],
    ['while it is online', () => connect(false), () => connect(true)],
    ['while no data has to be saved', () => saveData(true), () => saveData(false)],
    ['while bytes are free', () => network('cellular'), () => network('wifi')],
  ])('%s', async (_, worse, better) => {
    let pauses = 0;
    const pause = () => {
      pauses += 1;
    };
    const first = await whenConnectable(pause);
    expect([first.aborted, pauses]).toEqual([false, 0]);
    worse();
    expect(first.aborted).toBe(true);

    const waiting = whenConnectable(pause);
    expect(pauses).toBe(1);
    better();
    const second = await waiting;
    expect([second.aborted, first.aborted]).toEqual([false, true]);
    worse();
    expect(second.aborted).toBe(true);
  });

  it('only when all of it holds', async () => {
    hide(true);
    connect(false);
    let isConnectable = false;
    const waiting = whenConnectable(() => undefined).then(() => {
      isConnectable = true;
    });
    hide(false);
    await Promise.resolve();
    expect(isConnectable).toBe(false);
    connect(true);
    await waiting;
  });
});
