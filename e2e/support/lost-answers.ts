import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands in front of the product, and passes everything on; but of what is asked under an idempotency
 * key it can lose the answer, after the server has given it.
 */
export class LostAnswers {
  /** The keys that came, in order. */
  readonly keys: string[] = [];
  /** How many answers are lost from now on. */
  toLose = 0;
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  static async start(targetPort: number): Promise<LostAnswers> {
    const server = createServer();
    const proxy = new LostAnswers(server);
    server.on('request', (request, response) => {
      const key = request.headers['idempotency-key'];
      if (typeof key === 'string') proxy.keys.push(key);
      const { method, url, headers } = request;
      const options = { host: '127.0.0.1', port: targetPort, method, path: url, headers };
      const passed = forward(options, (answer) => {
        if (typeof key === 'string' && proxy.toLose > 0) {
          proxy.toLose -= 1;
          answer.resume().once('end', () => request.socket.resetAndDestroy());
          return;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      passed.once('error', () => request.socket.destroy());
      request.pipe(passed);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}
