import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  client: Socket;
  server: Socket;
}

interface Cut {
  afterBytes: number;
  /** `end`: the way to the client is closed in order, the other one stays open (half-close). */
  kind: 'reset' | 'end';
}

/**
 * Stands in front of a port and does to connections what networks do. Knows nothing of HTTP: bytes
 * are counted as they come from the server, headers included.
 */
export class TcpProxy {
  private readonly server: Server;
  private readonly pairs = new Set<Pair>();
  private readonly targetPort: number;
  private cuts: Cut[] = [];
  private isStalled = false;
  private listenPort = 0;
  private connections = 0;
  private passed = 0;

  private constructor(targetPort: number) {
    this.targetPort = targetPort;
    this.server = createServer((client) => this.join(client));
  }

  /** A proxy on a free port of this machine that passes everything on, to `127.0.0.1:targetPort`. */
  static async start(targetPort: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(targetPort);
    await proxy.listen();
    return proxy;
  }

  get port(): number {
    return this.listenPort;
  }

  get host(): string {
    return `127.0.0.1:${this.listenPort}`;
  }

  /** How many connections were made so far. */
  get connectionCount(): number {
    return this.connections;
  }

  /** How many bytes have come through to clients so far, headers included. */
  get passedBytes(): number {
    return this.passed;
  }

  /**
   * Resets connections, each once it has passed exactly so many bytes to the client: the first
   * number is for the next connection made, and so on; later ones pass.
   */
  cutNext(...afterBytes: number[]): void {
    this.cuts.push(...afterBytes.map((bytes): Cut => ({ afterBytes: bytes, kind: 'reset' })));
  }

  /** The same, but closed in order at that byte, and only on the way to the client. */
  endNext(...afterBytes: number[]): void {
    this.cuts.push(...afterBytes.map((bytes): Cut => ({ afterBytes: bytes, kind: 'end' })));
  }

  /** Resets every connection now. New ones pass. */
  cutAll(): void {
    for (const pair of this.pairs) reset(pair);
  }

  /** Closes every connection in order, on the way to the client alone, wherever its answer is. */
  endAll(): void {
    for (const { client, server } of this.pairs) {
      server.pause();
      client.end();
    }
  }

  /** Holds back everything, in both directions, on old and new connections; nothing is lost. */
  stall(): void {
    this.isStalled = true;
    for (const { client, server } of this.pairs) {
      client.pause();
      server.pause();
    }
  }

  /** Ends a stall. */
  resume(): void {
    this.isStalled = false;
    for (const { client, server } of this.pairs) {
      client.resume();
      server.resume();
    }
  }

  /** Resets every connection, and refuses new ones until `up`. */
  async down(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.cutAll();
    await closed;
  }

  /** Listens again, on the same port. */
  async up(): Promise<void> {
    await this.listen();
  }

  async close(): Promise<void> {
    if (this.server.listening) await this.down();
  }

  private listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.listenPort, '127.0.0.1', () => {
        this.server.off('error', reject);
        this.listenPort = (this.server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  private join(client: Socket): void {
    this.connections += 1;
    const server = connect(this.targetPort, '127.0.0.1');
    const pair = { client, server };
    this.pairs.add(pair);
    const { afterBytes, kind } = this.cuts.shift() ?? {
      afterBytes: Number.POSITIVE_INFINITY,
      kind: 'reset',
    };
    let passableBytes = afterBytes;
    client.on('data', (data) => pass(data, client, server, () => this.isStalled));
    server.on('data', (data) => {
      if (data.length < passableBytes) {
        passableBytes -= data.length;
        this.passed += data.length;
        pass(data, server, client, () => this.isStalled);
      } else {
        server.pause();
        this.passed += passableBytes;
        const last = data.subarray(0, passableBytes);
        if (kind === 'end') client.end(last);
        else client.write(last, () => reset(pair));
      }
    });
    for (const socket of [client, server]) {
      socket.once('error', () => reset(pair));
      socket.once('close', () => this.pairs.delete(pair));
    }
    // What the server sent before it closed still has to arrive; nobody is left to hear it the
    // other way round.
    server.once('end', () => client.end());
    client.once('close', () => server.destroy());
    if (this.isStalled) {
      client.pause();
      server.pause();
    }
  }
}

/** Writes, and lets the sender wait while the receiver is slow. */
function pass(data: Buffer, from: Socket, to: Socket, isStalled: () => boolean): void {
  if (to.write(data)) return;
  from.pause();
  to.once('drain', () => {
    if (!isStalled()) from.resume();
  });
}

function reset({ client, server }: Pair): void {
  client.resetAndDestroy();
  server.resetAndDestroy();
}
