import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const appFolder = fileURLToPath(new URL('../../dist/app/', import.meta.url));

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.xml': 'application/rss+xml',
  '.mp3': 'audio/mpeg',
  '.json': 'application/json',
  '.vtt': 'text/vtt',
  '.webmanifest': 'application/manifest+json',
};

/** A plain static host: files of `dist/app` under a path, no ranges, no headers, and no gateway. */
export class StaticSite {
  private readonly server: Server;
  private readonly path: string;

  private constructor(server: Server, path: string) {
    this.server = server;
    this.path = path;
  }

  /** @param path with a slash at both ends, such as `/club/app/` */
  static async start(path: string): Promise<StaticSite> {
    const server = createServer(async ({ url = '' }, response) => {
      const { pathname } = new URL(url, 'http://localhost');
      const file = pathname === path ? 'index.html' : normalize(pathname.slice(path.length));
      const inside = pathname.startsWith(path) && !file.startsWith('..');
      const bytes = inside && (await readFile(join(appFolder, file)).catch(() => undefined));
      if (!bytes) return response.writeHead(404).end();
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      return response.writeHead(200, { 'content-type': type }).end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return new StaticSite(server, path);
  }

  get address(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}${this.path}`;
  }

  /** From then on its port refuses connections. Safe to call twice. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }
}
