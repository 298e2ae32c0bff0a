import { ContextProvider } from '@lit/context';
import { Tap } from '../core/messaging/tap.ts';
import {
  downloadsContext,
  importsContext,
  inspectionContext,
  keepAheadContext,
  libraryContext,
  liveContext,
  outboxContext,
  playerContext,
  searchContext,
  settingsContext,
  statusContext,
  storageContext,
  wakeUpsContext,
} from './contexts.ts';
import { href } from './router.ts';
import { BrowserStatus } from './services/app-status.ts';
import { BackgroundFetchStarter } from './services/background-fetch-starter.ts';
import { DownloadDriver } from './services/download-driver.ts';
import { StoredDownloads } from './services/downloads.ts';
import { StoredImports } from './services/imports.ts';
import { WorkerKeepAhead } from './services/keep-ahead.ts';
import { StoredLibrary } from './services/library.ts';
import { GatewayUpdates } from './services/live-updates.ts';
import { StoredOutbox } from './services/outbox.ts';
import { PageBuild } from './services/page-build.ts';
import { AudioPlayer } from './services/player.ts';
import { RowReader } from './services/row-reader.ts';
import { StoredSettings } from './services/settings.ts';
import { BrowserStorage } from './services/storage-keeper.ts';
import { Tabs } from './services/tabs.ts';
import { BrowserWakeUps } from './services/wake-ups.ts';
import { WorkerLink } from './services/worker-link.ts';
import { WorkerRegistration } from './services/worker-registration.ts';
import './elements/stowaway-app.ts';

/*
 * The composition root: the only place that constructs services. Everything below the app element
 * gets them by context.
 */

// Before the query goes from the address.
const openedAt = location.href;
const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
const tap = new Tap('page');
const build = new PageBuild();
const registration = container && new WorkerRegistration(container, tap, build);
const ready = registration?.ready ?? Promise.reject(new Error('no service workers here'));

const link = new WorkerLink(container, ready, tap);
const reader = new RowReader();
const starter = new BackgroundFetchStarter(link, ready);
const driver = new DownloadDriver(link, starter);
const library = new StoredLibrary(reader, link);
const status = new BrowserStatus(registration, link);
const live = new GatewayUpdates(reader, link, tap);
const tabs = new Tabs(new URL('.', document.baseURI).href, tap);
const settings = new StoredSettings(reader, link, tabs, () => driver.nudge());
const player = new AudioPlayer(reader, link, tabs);
const storage = new BrowserStorage(reader);
const downloads = new StoredDownloads(reader, link, driver, storage);
const outbox = new StoredOutbox(reader, link, driver);
const imports = new StoredImports(reader, link);
const wakeUps = new BrowserWakeUps(ready, reader, link, downloads, imports);
// A connection to the gateway is a connection, also where the browser has not noticed one.
live.addEventListener('change', () => {
  if (live.state === 'websocket' || live.state === 'server-sent-events') driver.nudge('live');
});
// A notification was pressed, and this is the window that comes forward.
link.onBroadcast((broadcast) => {
  if (broadcast.type === 'window/brought-forward') {
    const { destination, words } = broadcast;
    location.hash = href(words ? { page: 'search', words } : { page: destination });
  }
});

const host = document.body;
new ContextProvider(host, { context: libraryContext, initialValue: library });
new ContextProvider(host, { context: downloadsContext, initialValue: downloads });
new ContextProvider(host, { context: playerContext, initialValue: player });
new ContextProvider(host, {
  context: keepAheadContext,
  initialValue: new WorkerKeepAhead(link, library, player),
});
new ContextProvider(host, { context: statusContext, initialValue: status });
new ContextProvider(host, { context: storageContext, initialValue: storage });
new ContextProvider(host, {
  context: inspectionContext,
  initialValue: {
    open: async () => {
      const { LiveInspection } = await import('./services/inspection/inspection.ts');
      return new LiveInspection({ tap, link, library, starter, registration: ready });
    },
  },
});
new ContextProvider(host, {
  context: searchContext,
  initialValue: {
    open: async () => {
      const { StoredSearch } = await import('./services/search.ts');
      return new StoredSearch(reader, link);
    },
  },
});
new ContextProvider(host, { context: liveContext, initialValue: live });
new ContextProvider(host, { context: settingsContext, initialValue: settings });
new ContextProvider(host, { context: outboxContext, initialValue: outbox });
new ContextProvider(host, { context: importsContext, initialValue: imports });
new ContextProvider(host, { context: wakeUpsContext, initialValue: wakeUps });

// Added only now: an element asks for its contexts in the moment it is connected.
// Where it was opened with a query, that is read first.
const launches = () => import('./services/launches.ts');
const entered = location.search === '' ? undefined : launches().then(({ enter }) => enter());
Promise.resolve(entered)
  .catch((error) => console.warn('what the app was opened with could not be read', error))
  .then(() => host.append(document.createElement('stowaway-app')), console.error);

// The build first: the start-up check deletes the files of builds that no page holds.
Promise.all([ready, build.held]).then(
  () => {
    void imports.look();
    // The browser holds launches back until somebody listens.
    void launches().then(({ followLaunches }) => followLaunches(imports, openedAt), console.warn);
    return driver.run();
  },
  // No worker, nothing to drive: the status says so.
  () => undefined,
);
// Not every browser has badges, and some only for installed apps.
if ('setAppBadge' in navigator) {
  import('./services/app-badge.ts').then(
    ({ showNewOnBadge }) => showNewOnBadge(library, settings),
    (error) => console.warn('the number on the icon is not kept right', error),
  );
}
// Beside the rest; a page that hears nothing live is a page all the same.
ready.then(() => live.run()).catch((error) => console.warn('live updates ended', error));
library.podcasts().then((podcasts) => {
  status.checkLibrary(podcasts.length === 0);
  if (podcasts.length > 0) refreshDue();
}, console.error);
addEventListener('online', refreshDue);

/** Beside the rest, too: what cannot be read now is read another time. */
function refreshDue(): void {
  if (!navigator.onLine) return;
  ready
    .then(() => library.refreshDue())
    .catch((error) => console.warn('the podcasts were not refreshed', error));
}
