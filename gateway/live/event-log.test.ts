import { describe, expect, it } from 'vitest';
import { EventLog } from './event-log.ts';

const FEED = 'https://a.example/feed.xml';
const numbers = (events: readonly { id: string }[] | undefined) =>
  events?.map(({ id }) => Number(id.split('.').at(-1)));

describe('the log of events', () => {
  it('tells each event once to whoever comes back with the last id it got', () => {
    const log = new EventLog('life-1');
    const before = log.lastId;
    for (let count = 0; count < 5; count += 1) log.append(FEED);
    expect(numbers(log.after(before))).toEqual([1, 2, 3, 4, 5]);
    expect(numbers(log.after('life-1.3'))).toEqual([4, 5]);
    expect(numbers(log.after(log.lastId))).toEqual([]);
  });

  it.each(['life-2.3', '3', 'life-1.', 'life-1', '', 'life-1.6', 'life-1.-1', 'life-1.3e0', '.3'])(
    'cannot tell what came after %j',
    (id) => {
      const log = new EventLog('life-1');
      for (let count = 0; count < 5; count += 1) log.append(FEED);
      expect(log.after(id)).toBeUndefined();
    },
  );

  it('keeps the newest, and says so when it has forgotten', () => {
    const log = new EventLog('life-1', 10);
    for (let count = 0; count < 1000; count += 1) {
      log.append(FEED);
      const id = count + 1;
      expect(numbers(log.after(`life-1.${Math.max(0, id - 10)}`))?.length).toBe(Math.min(id, 10));
      if (id > 10) expect(log.after(`life-1.${id - 11}`)).toBeUndefined();
    }
    expect(numbers(log.after('life-1.998'))).toEqual([999, 1000]);
  });
});
