/**
 * How much one page may have under way at once. Ours have a handful; a page that asks for more is
 * refused at once, so that a flood costs the others no more than its reading.
 */
const MAX_UNDER_WAY = 64;

/** What this life of the worker has under way, by the page that asked for it. */
export class ClientLoad {
  private readonly underWay = new Map<string, number>();

  isFull(clientId: string): boolean {
    return this.of(clientId) >= MAX_UNDER_WAY;
  }

  /** Counts the work until it settles, and gives it back. */
  hold<T>(clientId: string, work: Promise<T>): Promise<T> {
    this.underWay.set(clientId, this.of(clientId) + 1);
    return work.finally(() => {
      const left = this.of(clientId) - 1;
      if (left > 0) this.underWay.set(clientId, left);
      else this.underWay.delete(clientId);
    });
  }

  private of(clientId: string): number {
    return this.underWay.get(clientId) ?? 0;
  }
}
