/** Why a message was not even looked at. */
export type DropReason = 'stranger' | 'ports' | 'not-an-envelope' | 'unreadable' | 'too-many';

/** How many messages this life of the worker has dropped. Nothing else is kept of them. */
export class DroppedMessages {
  readonly counts: Record<DropReason, number> = {
    stranger: 0,
    ports: 0,
    'not-an-envelope': 0,
    unreadable: 0,
    'too-many': 0,
  };

  count(reason: DropReason): void {
    this.counts[reason] += 1;
  }
}
