import { createServer, type Server } from 'node:http';
import { createGateway } from './gateway.ts';
import { createNodeContext } from './node-context.ts';
import { isErrorCode } from './node-errors.ts';
import { type NodeListeners, nodeListeners } from './node-listeners.ts';
import { readSettings } from './settings.ts';
import { createStaticSite } from './static.ts';

/** This machine alone. `localhost` means either, depending on who looks it up. */
const LOOPBACKS = ['127.0.0.1', '::1'];

export interface RunningServer {
  port: number;
  /** Ends it at once, with whatever is under way. */
  close(): Promise<void>;
}

/**
 * Starts the app and its gateway. `print` gets what people should see. Rejects with a
 * `SettingError`, or with the error of `listen`.
 */
export async function startServer(options: {
  env: Record<string, string | undefined>;
  /** The built app. */
  appFolder: string;
  print(line: string): void;
}): Promise<RunningServer> {
  const { env, appFolder, print } = options;
  const settings = readSettings(env);
  const { context, close } = await createNodeContext(settings);
  const app = createGateway(context);
  const site = createStaticSite(appFolder, settings.config);
  app.all('*', (c) => site(c.req.raw));
  const listeners = nodeListeners(app.fetch);
  const servers = await listen(listeners, settings.port, settings.host);
  const [first] = servers;
  const port = first ? portOf(first) : settings.port;
  const { allowAddresses } = settings.config;
  if (allowAddresses.length > 0) {
    print(`Warning: GATEWAY_ALLOW_ADDRESSES lets everyone reach ${allowAddresses.join(', ')}`);
  }
  print(`Stowaway is at http://${shownHost(settings.host)}:${port}`);
  return {
    port,
    async close() {
      await Promise.all([close(), ...servers.map(closeServer), listeners.close()]);
    },
  };
}

async function listen(
  listeners: NodeListeners,
  port: number,
  host: string | undefined,
): Promise<Server[]> {
  if (host !== undefined) return [await listenAt(listeners, port, host)];
  const servers: Server[] = [];
  try {
    for (const loopback of LOOPBACKS) {
      const [first] = servers;
      servers.push(await listenAt(listeners, first ? portOf(first) : port, loopback));
    }
  } catch (error) {
    // A machine without IPv6 has only the first.
    if (servers.length > 0 && !isErrorCode(error, 'EADDRINUSE')) return servers;
    await Promise.all(servers.map(closeServer));
    // The free port that the first was given is taken at the second address: ask for another.
    if (servers.length > 0 && port === 0) return listen(listeners, port, host);
    throw error;
  }
  return servers;
}

/** What to type into a browser on this machine. */
function shownHost(host = 'localhost'): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function listenAt(
  { onRequest, onUpgrade }: NodeListeners,
  port: number,
  host: string,
): Promise<Server> {
  const server = createServer(onRequest);
  server.on('upgrade', onUpgrade);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('listens on no port');
  return address.port;
}
