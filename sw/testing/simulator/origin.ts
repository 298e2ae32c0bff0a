import {
  type Answer,
  brokenAfter,
  endedAfter,
  honestly,
  ignoringRange,
  loginPage,
  PodcastHost,
  stalledAfter,
  status,
  unreachable,
  withHeaders,
} from '../podcast-host.ts';
import type { Fault } from './faults.ts';
import { retouched, type Version, version } from './version.ts';
import type { World } from './world.ts';

const FAULTS = [
  'unreachable',
  'reset',
  'early-end',
  'stall',
  'content-changed',
  'content-and-length-changed',
  'content-retouched',
  'etag-flapped',
  'range-ignored',
  'wrong-content-range',
  'malformed-content-range',
  'wrong-total',
  'encoded',
  'too-long',
  'no-content',
  'not-modified',
  'unsatisfiable',
  'precondition-failed',
  'multipart',
  'sign-in-page',
  'sign-in-page-in-disguise',
  'not-found',
  'denied',
  'gone',
  'too-many-requests',
  'server-error',
  'unavailable',
] as const satisfies Fault[];

export type OriginFault = (typeof FAULTS)[number];

/** The host of one episode: what it has ever had, and what it does wrong. */
export class Origin {
  readonly host = new PodcastHost(8);
  /** Everything that was ever behind the address, the newest last. */
  readonly versions: Version[] = [];
  /** A publisher who changes an episode for ever is one that nobody can download. */
  private changesLeft: number;
  private said: OriginFault | undefined;
  private readonly world: World;
  private readonly seed: number;

  constructor(world: World, seed: number, sizeBytes: number) {
    this.world = world;
    this.seed = seed;
    this.changesLeft = world.dice.between(0, 4);
    this.has(sizeBytes);
  }

  /** One of the many kinds of hosts that there are. */
  turnOut(): void {
    const { dice } = this.world;
    this.host.exposesHeaders = dice.chance(0.5);
    if (dice.chance(0.3)) this.host.etag = undefined;
    this.host.answersRanges = !dice.chance(0.2);
    this.host.tellsLength = !dice.chance(0.1);
  }

  /** What goes wrong with this answer, if anything, and the answer. */
  next(faults: readonly OriginFault[] = FAULTS): {
    fault: OriginFault | undefined;
    answer: Answer;
  } {
    const drawn = this.world.drawForRequest(faults);
    const said = this.world.isCalm ? undefined : faults.find((one) => one === this.said);
    if (said) this.said = undefined;
    const fault = said ?? drawn;
    return { fault, answer: fault ? this.answerWith(fault) : honestly };
  }

  /** Says what goes wrong with the next answer that it can happen to. */
  failNext(fault: OriginFault): void {
    this.said = fault;
  }

  /** Another file behind the same address. */
  change(sizeBytes = this.host.content.byteLength): void {
    if (this.changesLeft === 0) return;
    this.changesLeft -= 1;
    this.has(sizeBytes);
    this.world.note(`the host has version ${this.versions.length}`);
  }

  /**
   * Another file that is as long, and differs in a few bytes. Where pages may not read an ETag nobody
   * could tell, so there it differs in all.
   */
  retouch(): void {
    const { host, versions: all } = this;
    const newest = all.at(-1);
    if (!newest || !host.etag || !host.exposesHeaders) {
      this.change();
      return;
    }
    if (this.changesLeft === 0) return;
    this.changesLeft -= 1;
    this.takes(retouched(newest, this.seed * 100 + all.length));
    this.world.note(`the host has version ${all.length}, retouched`);
  }

  private has(sizeBytes: number): void {
    this.takes(version(sizeBytes, this.seed * 100 + this.versions.length));
  }

  private takes(newest: Version): void {
    const { host, versions: all } = this;
    all.push(newest);
    host.content = newest.content;
    if (host.etag) host.etag = `"${all.length}"`;
  }

  private answerWith(fault: OriginFault): Answer {
    const { dice } = this.world;
    const someBytes = dice.between(0, this.host.content.byteLength);
    switch (fault) {
      case 'unreachable':
        return unreachable;
      case 'reset':
        return brokenAfter(someBytes);
      case 'early-end':
        return endedAfter(someBytes);
      case 'stall':
        return stalledAfter(someBytes);
      case 'content-changed':
        this.change();
        return honestly;
      case 'content-and-length-changed':
        this.change(this.host.content.byteLength + dice.pick([-1000, 1, 5000]));
        return honestly;
      case 'content-retouched':
        this.retouch();
        return honestly;
      case 'etag-flapped':
        // Never the same for two versions: a strong one that is, proves what is wrong.
        return withHeaders({ etag: `"${this.versions.length}-${dice.between(1, 3)}"` });
      case 'range-ignored':
        return ignoringRange;
      case 'wrong-content-range':
        return withHeaders({ 'content-range': `bytes 1-${someBytes}/${someBytes + 2}` });
      case 'malformed-content-range':
        return withHeaders({
          'content-range': dice.pick([
            '0-1/1000',
            'bytes -10-100',
            'bytes 7-4/10',
            '80',
            'bytes ABC-1/5',
          ]),
        });
      case 'wrong-total':
        return withHeaders({ 'content-range': `bytes 0-9/${someBytes + 10}` });
      case 'encoded':
        return withHeaders({ 'content-encoding': 'gzip' });
      case 'too-long':
        return tooLongBy(dice.between(1, 5000));
      case 'no-content':
        return status(204);
      case 'not-modified':
        return status(304);
      case 'unsatisfiable':
        return status(416, { 'content-range': `bytes */${someBytes}` });
      case 'precondition-failed':
        return status(412);
      case 'multipart':
        return withHeaders({
          'content-type': 'multipart/byteranges; boundary=x',
          'content-range': null,
        });
      case 'sign-in-page':
        return loginPage;
      case 'sign-in-page-in-disguise':
        return loginPageAsAudio;
      case 'not-found':
        return status(404);
      case 'denied':
        return status(dice.pick([401, 403]));
      case 'gone':
        return status(410);
      case 'too-many-requests':
        return status(429, { 'retry-after': String(dice.between(0, 900)) });
      case 'server-error':
        return status(500);
      case 'unavailable':
        return status(503, {
          'retry-after': dice.pick(['5', '99999999', 'soon', 'Sun, 06 Nov 1994 08:49:37 GMT']),
        });
    }
  }
}

function tooLongBy(bytes: number): Answer {
  return (request, host) => {
    const { status: code, headers, body } = honestly(request, host);
    const flush = (it: TransformStreamDefaultController) => it.enqueue(new Uint8Array(bytes));
    const longer = body?.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({ flush }));
    return new Response(longer, { status: code, headers });
  };
}

const loginPageAsAudio: Answer = () =>
  new Response('<!doctype html><title>Log in</title>'.padEnd(5000), {
    headers: { 'content-type': 'audio/mpeg' },
  });
