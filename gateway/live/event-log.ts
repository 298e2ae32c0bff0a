/** One thing that happened, with the id by which a client says how far it got. */
export interface LoggedEvent {
  id: string;
  feedUrl: string;
}

/** Of the newest events; a client that missed more looks at everything again. */
const MAX_EVENTS = 10_000;

/**
 * What has happened, newest last, so that a client can be told what it missed. Kept in memory: an
 * id names the life of the server as well (`<life>.<number>`), because numbers begin anew with it.
 */
export class EventLog {
  private readonly lifeId: string;
  private readonly capacity: number;
  private readonly events: LoggedEvent[] = [];
  /** How many events there have been in this life: the number of the newest one. */
  private count = 0;

  constructor(lifeId: string, capacity: number = MAX_EVENTS) {
    this.lifeId = lifeId;
    this.capacity = capacity;
  }

  /** The id of the newest event; before the first one, an id that comes before it. */
  get lastId(): string {
    return `${this.lifeId}.${this.count}`;
  }

  append(feedUrl: string): LoggedEvent {
    this.count += 1;
    const event = { id: this.lastId, feedUrl };
    this.events.push(event);
    // In bulk: a shift for every event would move the whole array each time.
    if (this.events.length >= this.capacity * 2) this.events.splice(0, this.capacity);
    return event;
  }

  /**
   * Everything after the event with this id, oldest first. `undefined` where that cannot be told:
   * the id is of another life, of the future, older than the log, or none.
   */
  after(id: string): readonly LoggedEvent[] | undefined {
    const dot = id.lastIndexOf('.');
    const number = /^\d{1,15}$/.test(id.slice(dot + 1)) ? Number(id.slice(dot + 1)) : Number.NaN;
    const missed = this.count - number;
    if (id.slice(0, dot) !== this.lifeId || !(missed >= 0)) return undefined;
    if (missed > Math.min(this.events.length, this.capacity)) return undefined;
    return this.events.slice(this.events.length - missed);
  }
}
