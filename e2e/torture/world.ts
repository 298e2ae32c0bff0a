import { AppPage } from '../support/app-page.ts';
import { AppServer } from '../support/app-server.ts';
import { type BrowserOptions, BrowserProfile } from '../support/browser.ts';
import { PodcastOrigin } from '../support/podcast-origin.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

/** What a trial needs. A test brings it as its fixtures, the torture makes one for each trial. */
export interface World {
  origin: PodcastOrigin;
  network: TcpProxy;
  server: AppServer;
  profile: BrowserProfile;
}

/** Runs a trial in a world of its own, and takes the world down afterwards. */
export async function inWorld<T>(
  options: BrowserOptions,
  trial: (world: World) => Promise<T>,
): Promise<T> {
  const origin = await PodcastOrigin.start();
  const network = await TcpProxy.start(origin.port);
  const server = await AppServer.start({ allowAddresses: [origin.host, network.host] });
  const profile = await BrowserProfile.create(options, server.address);
  try {
    return await trial({ origin, network, server, profile });
  } finally {
    await profile.dispose();
    await server.close();
    await network.close();
    await origin.close();
  }
}

/** Tests have a clock of their own; the torture may run on a machine that is busy with it. */
const PATIENCE_MS = 120_000;

/** The app in a page of the browser that runs now. */
export async function openApp({ profile }: World, path = '/'): Promise<AppPage> {
  profile.context.setDefaultTimeout(PATIENCE_MS);
  const app = new AppPage(await profile.page());
  await app.open(path);
  return app;
}
