/**
 * A service as a plain object, for tests of elements: every field can be set, `changed()` tells the
 * elements, and `calls` holds what they asked for.
 */
export class Fake extends EventTarget {
  readonly calls: string[] = [];

  changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  protected async called(call: string): Promise<void> {
    this.calls.push(call);
  }
}
