/** Cache Storage in memory, as far as downloads use it: it outlives workers, and goes with an eviction. */
export class DeviceCaches {
  private readonly caches = new Map<string, Map<string, Response>>();

  async open(name: string): Promise<Cache> {
    const kept = this.caches.get(name) ?? new Map<string, Response>();
    this.caches.set(name, kept);
    const key = (request: RequestInfo | URL) => new Request(request).url;
    const cache: Partial<Cache> = {
      keys: async () => [...kept.keys()].map((url) => new Request(url)),
      match: async (request) => kept.get(key(request)),
      put: async (request, response) => void kept.set(key(request), response),
      delete: async (request) => kept.delete(key(request)),
    };
    return cache as Cache;
  }

  clear(): void {
    this.caches.clear();
  }
}
