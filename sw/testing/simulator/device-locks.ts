interface Claim {
  name: string;
  mode: LockMode;
  clientId: string;
  grant: () => void;
}

/**
 * Web Locks of one device: shared by every life of the worker, and let go of when the life that
 * holds them ends.
 */
export class DeviceLocks {
  private held: Claim[] = [];
  private waiting: Claim[] = [];

  /** The lock manager as one life of the worker sees it. */
  of(clientId: string): LockManager {
    const request = (
      name: string,
      optionsOrWork: LockOptions | LockGrantedCallback<unknown>,
      work?: LockGrantedCallback<unknown>,
    ): Promise<unknown> =>
      typeof optionsOrWork === 'function'
        ? this.request(clientId, name, {}, optionsOrWork)
        : this.request(clientId, name, optionsOrWork, work ?? (() => undefined));
    const query = async () => ({
      held: this.held.map(({ name, mode, clientId }) => ({ name, mode, clientId })),
      pending: [],
    });
    return { request, query } as unknown as LockManager;
  }

  /** A life has ended. */
  release(clientId: string): void {
    this.held = this.held.filter((claim) => claim.clientId !== clientId);
    this.waiting = this.waiting.filter((claim) => claim.clientId !== clientId);
    this.grantNext();
  }

  private async request(
    clientId: string,
    name: string,
    { mode = 'exclusive', ifAvailable = false }: LockOptions,
    work: LockGrantedCallback<unknown>,
  ): Promise<unknown> {
    let grant: () => void = () => undefined;
    const granted = new Promise<void>((resolve) => {
      grant = resolve;
    });
    const claim: Claim = { name, mode, clientId, grant };
    const ahead = this.waiting.some((other) => other.name === name);
    if (ifAvailable && (ahead || !this.isFree(claim))) return work(null);
    this.waiting.push(claim);
    this.grantNext();
    await granted;
    try {
      return await work({ name, mode });
    } finally {
      this.held = this.held.filter((other) => other !== claim);
      this.grantNext();
    }
  }

  private grantNext(): void {
    const blocked = new Set<string>();
    for (const claim of [...this.waiting]) {
      if (blocked.has(claim.name) || !this.isFree(claim)) {
        blocked.add(claim.name);
        continue;
      }
      this.waiting = this.waiting.filter((other) => other !== claim);
      this.held.push(claim);
      claim.grant();
    }
  }

  private isFree({ name, mode }: Claim): boolean {
    return this.held.every(
      (other) => other.name !== name || (mode === 'shared' && other.mode === 'shared'),
    );
  }
}
