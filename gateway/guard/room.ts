import { accountName } from './limits.ts';

/** What may be held in memory at a time, in decoded bytes. */
export interface RoomLimits {
  bytes: number;
  /** Of one client's: a part of it, so that nobody has it all. */
  bytesPerClient: number;
}

/** The gateway holds as much as it can: the same may well go through in a moment. */
export class NoRoomError extends Error {
  override name = 'NoRoomError';
}

/**
 * The memory that what is fetched, read and not yet sent may take, over all requests together. It
 * refuses and does not wait: those who hold a part and wait for more would wait for each other.
 */
export class Room {
  private readonly limits: RoomLimits;
  private readonly heldBy = new Map<string, number>();
  private heldBytes = 0;

  constructor(limits: RoomLimits) {
    this.limits = limits;
  }

  /** `onTake` hears of all that is taken, also of what is given back or refused. */
  reserve(client: string, onTake: (sizeBytes: number) => void = () => undefined): Reservation {
    const name = accountName(client);
    return new Reservation({
      take: (sizeBytes) => {
        onTake(sizeBytes);
        const ofClient = (this.heldBy.get(name) ?? 0) + sizeBytes;
        const { bytes, bytesPerClient } = this.limits;
        if (ofClient > bytesPerClient || this.heldBytes + sizeBytes > bytes) {
          throw new NoRoomError('No room for more bytes');
        }
        this.count(name, sizeBytes);
      },
      count: (sizeBytes) => this.count(name, sizeBytes),
    });
  }

  private count(name: string, sizeBytes: number): void {
    this.heldBytes += sizeBytes;
    const ofClient = (this.heldBy.get(name) ?? 0) + sizeBytes;
    if (ofClient > 0) this.heldBy.set(name, ofClient);
    else this.heldBy.delete(name);
  }
}

/** One request's part of the room. It counts while somebody holds it, once for all who do. */
export class Reservation {
  private readonly room: { take(sizeBytes: number): void; count(sizeBytes: number): void };
  private sizeBytes = 0;
  private holds = 0;

  constructor(room: { take(sizeBytes: number): void; count(sizeBytes: number): void }) {
    this.room = room;
  }

  /** For whoever holds it. Throws a `NoRoomError`. */
  take(sizeBytes: number): void {
    this.room.take(sizeBytes);
    this.sizeBytes += sizeBytes;
  }

  giveBack(sizeBytes: number): void {
    this.sizeBytes -= sizeBytes;
    if (this.holds > 0) this.room.count(-sizeBytes);
  }

  /** What is there already is never refused. Returns what ends it, once, however often it is called. */
  hold(): () => void {
    if (this.holds === 0) this.room.count(this.sizeBytes);
    this.holds += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.holds -= 1;
      if (this.holds === 0) this.room.count(-this.sizeBytes);
    };
  }
}
