import { ContextProvider } from '@lit/context';
import { Tap } from '../core/messaging/tap.ts';
import {
  downloadsContext,
  keepAheadContext,
  libraryContext,
  playerContext,
  statusContext,
  storageContext,
} from './contexts.ts';
import { BrowserStatus } from './services/app-status.ts';
import { BackgroundFetchStarter } from './services/background-fetch-starter.ts';
import { DownloadDriver } from './services/download-driver.ts';
import { StoredDownloads } from './services/downloads.ts';
import { WorkerKeepAhead } from './services/keep-ahead.ts';
import { StoredLibrary } from './services/library.ts';
import { AudioPlayer } from './services/player.ts';
import { RowReader } from './services/row-reader.ts';
import { BrowserStorage } from './services/storage-keeper.ts';
import { WorkerLink } from './services/worker-link.ts';
import { WorkerRegistration } from './services/worker-registration.ts';
import './elements/stowaway-app.ts';

/*
 * The composition root: the only place that constructs services. Everything below the app element
 * gets them by context.
 */

const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
const registration = container && new WorkerRegistration();
const ready = registration?.ready ?? Promise.reject(new Error('no service workers here'));

const tap = new Tap('page');
const link = new WorkerLink(container, ready, tap);
const reader = new RowReader();
const driver = new DownloadDriver(link, new BackgroundFetchStarter(link, ready));
const library = new StoredLibrary(reader, link);
const player = new AudioPlayer(reader, link);
const status = new BrowserStatus(registration);

const host = document.body;
new ContextProvider(host, { context: libraryContext, initialValue: library });
new ContextProvider(host, {
  context: downloadsContext,
  initialValue: new StoredDownloads(reader, link, driver),
});
new ContextProvider(host, { context: playerContext, initialValue: player });
new ContextProvider(host, {
  context: keepAheadContext,
  initialValue: new WorkerKeepAhead(link, library, player),
});
new ContextProvider(host, { context: statusContext, initialValue: status });
new ContextProvider(host, { context: storageContext, initialValue: new BrowserStorage() });

// Added only now: an element asks for its contexts in the moment it is connected.
host.append(document.createElement('stowaway-app'));

ready.then(
  () => driver.run(),
  // No worker, nothing to drive: the status says so.
  () => undefined,
);
library.podcasts().then((podcasts) => status.checkLibrary(podcasts.length === 0), console.error);
