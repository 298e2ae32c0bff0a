/** Somebody wants to see one trace whole. */
export class TraceSelectEvent extends Event {
  readonly traceId: number;

  constructor(traceId: number) {
    super('trace-select', { bubbles: true, composed: true });
    this.traceId = traceId;
  }
}
