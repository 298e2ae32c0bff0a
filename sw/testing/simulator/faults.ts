/** Everything that can go wrong in a simulated world, by name, for the report. */
export type Fault =
  // the way to the host
  | 'unreachable'
  | 'reset'
  | 'early-end'
  | 'stall'
  | 'slow'
  | 'offline'
  // the host
  | 'content-changed'
  | 'content-and-length-changed'
  | 'content-retouched'
  | 'etag-flapped'
  | 'range-ignored'
  | 'wrong-content-range'
  | 'malformed-content-range'
  | 'wrong-total'
  | 'encoded'
  | 'too-long'
  | 'no-content'
  | 'not-modified'
  | 'unsatisfiable'
  | 'precondition-failed'
  | 'multipart'
  | 'sign-in-page'
  | 'sign-in-page-in-disguise'
  | 'not-found'
  | 'denied'
  | 'gone'
  | 'too-many-requests'
  | 'server-error'
  | 'unavailable'
  | 'refused'
  // Background Fetch
  | 'record-empty'
  | 'record-lost'
  | 'fetch-error'
  | 'registration-quota'
  | 'aborted-by-user'
  | 'launch-refused'
  | 'settle-event-lost'
  | 'background-fetch-gone'
  // the worker, the browser, the device
  | 'worker-killed'
  | 'worker-killed-in-operation'
  | 'operation-failed'
  | 'browser-killed'
  | 'browser-closed'
  | 'quota'
  | 'segment-evicted'
  | 'everything-evicted'
  | 'clock-jumped'
  | 'new-version'
  | 'two-workers'
  // pages and their messages
  | 'page-closed'
  | 'page-frozen'
  | 'message-lost'
  | 'message-doubled'
  | 'message-late'
  | 'answer-lost';

export class FaultTally {
  readonly counts = new Map<Fault, number>();

  note(fault: Fault, count = 1): void {
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + count);
  }

  add(other: FaultTally): void {
    for (const [fault, count] of other.counts) this.note(fault, count);
  }
}
