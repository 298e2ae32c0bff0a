/** What happened in a world, in order. Two runs of one seed must leave the same. */
export class Trace {
  private readonly lines: string[] | undefined;
  private count = 0;
  private hash = 0x811c9dc5;

  /** @param keepsLines for somebody who wants to read it, and not only to compare it */
  constructor(keepsLines: boolean) {
    this.lines = keepsLines ? [] : undefined;
  }

  note(atMs: number, words: string): void {
    const line = `${atMs} ${words}`;
    this.count += 1;
    // FNV-1a (RFC 9923), of the UTF-16 units.
    for (let index = 0; index < line.length; index += 1) {
      this.hash = Math.imul(this.hash ^ line.charCodeAt(index), 0x01000193);
    }
    this.lines?.push(line);
  }

  get digest(): string {
    return `${this.count} lines, ${(this.hash >>> 0).toString(16)}`;
  }

  get text(): string {
    return this.lines?.join('\n') ?? '';
  }
}
