/** How far back the rate looks: long enough to be calm, short enough to follow a change. */
const WINDOW_MS = 6_000;

/** The pace of one download, from what was received when. */
export class TransferRate {
  private samples: { atMs: number; bytes: number }[] = [];

  /** Takes what has been received in all, and the time of it in ms. */
  add(bytes: number, atMs: number): void {
    const last = this.samples.at(-1);
    if (last && bytes < last.bytes) this.samples = [];
    this.samples.push({ atMs, bytes });
    this.samples = this.samples.filter((sample) => sample.atMs >= atMs - WINDOW_MS);
  }

  /** `undefined` until two moments are known. */
  get bytesPerS(): number | undefined {
    const [first] = this.samples;
    const last = this.samples.at(-1);
    if (!first || !last || last.atMs - first.atMs < 500) return undefined;
    return ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs);
  }
}
