import { describe, expect, it } from 'vitest';
import { NoRoomError, Room } from './room.ts';

const start = () => new Room({ bytes: 100, bytesPerClient: 40 });

/** Whether so many bytes are let in. */
function fits(room: Room, client: string, sizeBytes: number): boolean {
  const reservation = room.reserve(client);
  const end = reservation.hold();
  try {
    reservation.take(sizeBytes);
    return true;
  } catch (error) {
    if (!(error instanceof NoRoomError)) throw error;
    return false;
  } finally {
    end();
  }
}

describe('the room', () => {
  it('is a client’s for its part, over all its requests, and for all together', () => {
    const room = start();
    for (const client of ['a', 'b', 'c']) {
      const reservation = room.reserve(client);
      reservation.hold();
      reservation.take(30);
      expect(fits(room, client, 11)).toBe(false);
      expect(fits(room, client, 10)).toBe(true);
    }
    expect(fits(room, 'd', 10)).toBe(true);
    expect(fits(room, 'd', 11)).toBe(false);
  });

  it('is free again when it is given back, or nobody holds it any more', () => {
    const room = start();
    const reservation = room.reserve('a');
    const end = reservation.hold();
    reservation.take(20);
    reservation.take(20);
    reservation.giveBack(20);
    expect([fits(room, 'a', 20), fits(room, 'a', 21)]).toEqual([true, false]);
    end();
    end();
    expect([fits(room, 'a', 40), fits(room, 'a', 41)]).toEqual([true, false]);
  });

  it('counts what many hold once, also when it is taken up again', () => {
    const room = start();
    const reservation = room.reserve('a');
    const ends = [reservation.hold(), reservation.hold()];
    reservation.take(40);
    ends[0]?.();
    expect(fits(room, 'a', 1)).toBe(false);
    ends[1]?.();
    expect(fits(room, 'a', 40)).toBe(true);
    const again = reservation.hold();
    expect(fits(room, 'a', 1)).toBe(false);
    again();
    expect(fits(room, 'a', 40)).toBe(true);
  });

  it('tells of all that is taken, and refused', () => {
    const taken: number[] = [];
    const reservation = start().reserve('a', (sizeBytes) => taken.push(sizeBytes));
    reservation.hold();
    reservation.take(40);
    expect(() => reservation.take(1)).toThrow(NoRoomError);
    expect(taken).toEqual([40, 1]);
  });
});
