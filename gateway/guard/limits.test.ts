import { describe, expect, it } from 'vitest';
import { ClientLimits, readBounded } from './limits.ts';

const allowance = {
  requests: { burst: 2, perSecond: 1 },
  bytes: { burst: 1000, perSecond: 100 },
  concurrentStreams: 2,
};

function start() {
  const clock = { now: 1000 };
  return { clock, limits: new ClientLimits(allowance, () => clock.now) };
}

describe('ClientLimits', () => {
  it('gives a burst, then as much as flows back', () => {
    const { clock, limits } = start();
    expect(limits.takeRequests('a', 2)).toBe(0);
    expect(limits.takeRequests('a', 1)).toBe(1);
    clock.now += 1000;
    expect(limits.takeRequests('a', 1)).toBe(0);
    expect(limits.takeRequests('a', 1)).toBe(1);
  });

  it('can leave some for others', () => {
    const { clock, limits } = start();
    expect(limits.takeRequests('a', 1, 1)).toBe(0);
    expect(limits.takeRequests('a', 1, 1)).toBe(1);
    clock.now += 1000;
    expect(limits.takeRequests('a', 1, 1)).toBe(0);
    expect(limits.takeRequests('a', 1)).toBe(0);
  });

  it('counts each client by itself, and all of an IPv6 /64 as one', () => {
    const { limits } = start();
    limits.takeRequests('2001:db8:1:2::1', 2);
    expect(limits.takeRequests('2001:db8:1:2:ffff::9', 1)).toBeGreaterThan(0);
    expect(limits.takeRequests('2001:db8:1:3::1', 1)).toBe(0);
    limits.takeRequests('::ffff:192.0.2.1', 2);
    expect(limits.takeRequests('192.0.2.1', 1)).toBeGreaterThan(0);
  });

  it('lets one large question through when nothing was taken, and remembers the debt', () => {
    const { limits } = start();
    expect(limits.takeRequests('a', 10)).toBe(0);
    expect(limits.takeRequests('a', 1)).toBe(9);
  });

  it('refuses a client in debt for bytes until it has recovered', () => {
    const { clock, limits } = start();
    limits.payBytes('a', 1500);
    expect(limits.takeRequests('a', 1)).toBe(5);
    clock.now += 5000;
    expect(limits.takeRequests('a', 1)).toBe(0);
  });

  it('opens so many streams at once, and takes each back once', () => {
    const { limits } = start();
    const close = limits.openStream('a');
    limits.openStream('a');
    expect(limits.openStream('a')).toBeUndefined();
    close?.();
    close?.();
    expect(limits.openStream('a')).toBeDefined();
    expect(limits.openStream('a')).toBeUndefined();
  });

  it('stands a clock that is set back', () => {
    const { clock, limits } = start();
    limits.takeRequests('a', 1);
    clock.now -= 1_000_000;
    expect(limits.takeRequests('a', 1)).toBe(0);
    expect(limits.takeRequests('a', 1)).toBe(1);
  });
});

describe('readBounded', () => {
  function endless() {
    let isCancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1000)),
      cancel: () => {
        isCancelled = true;
      },
    });
    return { stream, isCancelled: () => isCancelled };
  }

  it('gives the whole body', async () => {
    const body = new Response('hello').body;
    expect(await readBounded(body, 5)).toEqual(new TextEncoder().encode('hello'));
    expect(await readBounded(null, 5)).toEqual(new Uint8Array());
  });

  it('lets go of a body that is too large', async () => {
    const { stream, isCancelled } = endless();
    expect(await readBounded(stream, 10_000)).toBe('too-large');
    expect(isCancelled()).toBe(true);
  });
});
