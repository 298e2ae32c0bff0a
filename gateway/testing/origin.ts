import { createServer, type IncomingMessage, type RequestListener } from 'node:http';

/** What a host does with a request. */
export type Answer = RequestListener;

/** A real podcast host on a free port of this machine. */
export interface Origin {
  /** `127.0.0.1:port`, as the guard's exceptions name it. */
  address: string;
  /** An absolute address of this host. */
  url(path: string): string;
  /** What it was asked for, oldest first. */
  requests: IncomingMessage[];
  close(): Promise<void>;
}

export async function startOrigin(answer: Answer): Promise<Origin> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new Error('listens on no port');
  const address = `127.0.0.1:${listening.port}`;
  return {
    address,
    url: (path) => `http://${address}${path}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A feed with one episode per enclosure, and whatever else the items are to hold. */
export function feedXml(enclosureUrls: string[], itemXml = ''): string {
  const items = enclosureUrls.map(
    (url, index) => `<item><title>Episode ${index}</title><guid>${index}</guid>
      <enclosure url="${url}" type="audio/mpeg" length="1"/>${itemXml}</item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"
    xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Test</title>${items.join('')}</channel></rss>`;
}

/** Bytes that look like nothing, the same each time. */
export function noise(sizeBytes: number, seed = 1): Uint8Array<ArrayBuffer> {
  let state = seed;
  return Uint8Array.from({ length: sizeBytes }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

/** Whether two byte strings are equal; a test framework would compare them one by one. */
export function sameBytes(actual: ArrayBuffer | Uint8Array, expected: Uint8Array): boolean {
  return Buffer.compare(new Uint8Array(actual), expected) === 0;
}
