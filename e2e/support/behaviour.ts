/** How the origin answers. Set for a whole host, changed for one resource, at any time. */
export interface Behaviour {
  /** Whether pages of other origins may read the answers (CORS). */
  cors: boolean;
  /** Whether they may also read Content-Range, Accept-Ranges and ETag. Most hosts do not say so. */
  exposesHeaders: boolean;
  ranges: boolean;
  /** `changing`: a new one in every answer, for the same bytes. */
  etag: 'strong' | 'weak' | 'none' | 'changing';
  /** Without it, the answer just ends. */
  contentLength: boolean;
  /** On each connection. */
  bytesPerSecond: number;
  /** Before the first byte of an answer. */
  latencyMs: number;
  /** Other than 200: this status, and no content. */
  status: number;
  /** More headers, for example `location` or `retry-after`. They win over the usual ones. */
  headers: Readonly<Record<string, string>>;
  /** A web page with status 200 in place of the content, as a captive portal gives. */
  html: boolean;
  fault: Fault | undefined;
  /** Other manners for a while, in the middle of everything. */
  interlude: Interlude | undefined;
}

export interface Interlude {
  /** How many requests for the resource come before it, counted from the first one ever. */
  after: number;
  /** For how many requests it lasts. */
  times: number;
  manners: Partial<Omit<Behaviour, 'fault' | 'interlude'>>;
}

export interface Fault {
  /**
   * `reset`: the connection breaks. `close`: it ends too early, in order (with a length, short of
   * it). `stall`: it stays open, and silent, until the fault is taken away.
   */
  kind: 'reset' | 'close' | 'stall';
  /** How much of the answer's body comes first. */
  afterBytes: number;
  /** How many answers it hits; every one, where not given. */
  times?: number;
}

export const goodBehaviour: Behaviour = {
  cors: true,
  exposesHeaders: false,
  ranges: true,
  etag: 'strong',
  contentLength: true,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  latencyMs: 0,
  status: 200,
  headers: {},
  html: false,
  fault: undefined,
  interlude: undefined,
};
