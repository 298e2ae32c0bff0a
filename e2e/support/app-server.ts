import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Deploy, folderOf } from './deploys.ts';

const serverFile = fileURLToPath(new URL('../../dist/gateway/node.js', import.meta.url));

/** The built product: app, worker and gateway in one process of its own, on a free port. */
export class AppServer {
  /** What the server printed, over all its lives. */
  output = '';
  private readonly allowAddresses: readonly string[];
  private readonly dataFolder: string;
  private readonly env: Readonly<Record<string, string>>;
  private child: ChildProcess | undefined;
  private listenPort = 0;

  private constructor(
    allowAddresses: readonly string[],
    dataFolder: string,
    env: Readonly<Record<string, string>>,
  ) {
    this.allowAddresses = allowAddresses;
    this.dataFolder = dataFolder;
    this.env = env;
  }

  /**
   * Starts it, and waits until it says where it is.
   * @param options.allowAddresses the private addresses that its gateway may fetch, as `host:port`
   * @param options.env more settings, as in gateway/README.md
   */
  static async start(options: {
    allowAddresses: readonly string[];
    env?: Readonly<Record<string, string>>;
  }): Promise<AppServer> {
    if (!existsSync(serverFile))
      throw new Error('Nothing is built yet: run `npm run build` first.');
    const dataFolder = await mkdtemp(join(tmpdir(), 'stowaway-data-'));
    const server = new AppServer(options.allowAddresses, dataFolder, options.env ?? {});
    await server.deploy('first');
    await server.restart();
    return server;
  }

  /** Without a slash at the end. Stays the same over a restart. */
  get address(): string {
    return `http://localhost:${this.listenPort}`;
  }

  /** Leads to the folder of what is deployed. */
  private get appFolder(): string {
    return join(this.dataFolder, 'app');
  }

  get port(): number {
    return this.listenPort;
  }

  /** Puts another app on the server, at once and as a whole; what was there before is gone. */
  async deploy(deploy: Deploy): Promise<void> {
    const link = join(this.dataFolder, 'next-app');
    await symlink(await folderOf(deploy), link);
    await rename(link, this.appFolder);
  }

  /** Kills it, as a power cut would: from then on its port refuses connections. */
  async stop(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Starts it again on the same port with the same data; stops it first where it runs. */
  async restart(): Promise<void> {
    await this.stop();
    const child = spawn(process.execPath, [serverFile], {
      env: {
        ...process.env,
        PORT: String(this.listenPort),
        GATEWAY_ALLOW_ADDRESSES: this.allowAddresses.join(','),
        GATEWAY_DATA: this.dataFolder,
        APP_FOLDER: this.appFolder,
        ...this.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.listenPort = await this.readPort(child);
  }

  /** Stops it and removes its data. */
  async close(): Promise<void> {
    await this.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  private readPort(child: ChildProcess): Promise<number> {
    let printed = '';
    return new Promise((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
          this.output += text;
          printed += text;
          const port = /Stowaway is at http:\/\/localhost:(\d+)/.exec(printed)?.[1];
          if (port) resolve(Number(port));
        });
      }
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        reject(new Error(`The server ended (${code ?? signal}) before it listened:\n${printed}`));
      });
    });
  }
}
