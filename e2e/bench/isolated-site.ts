import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const appFolder = fileURLToPath(new URL('../../dist/app/', import.meta.url));

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/**
 * The built app, isolated from other origins: browsers give such a page the finest clock they have
 * (https://w3c.github.io/hr-time/#dfn-coarsen-time). Files can be put beside it, or in place of others.
 */
export class IsolatedSite {
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  /** `changes`: by path, from the text of the file that is there, `''` where there is none. */
  static async start(changes: Record<string, (text: string) => string>): Promise<IsolatedSite> {
    const server = createServer(async (request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const file = normalize(path === '/' ? '/index.html' : path);
      const bytes = await readFile(join(appFolder, file)).catch(() => undefined);
      const change = changes[file];
      const body = change ? change(bytes?.toString() ?? '') : bytes;
      response.writeHead(body === undefined ? 404 : 200, {
        'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
        'cache-control': 'no-cache',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new IsolatedSite(server);
  }

  get address(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}
