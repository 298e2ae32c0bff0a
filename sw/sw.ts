import { Queue } from 'workbox-background-sync';
import { holdLife } from '../core/messaging/life.ts';
import { createContext } from './context.ts';
import { onActivate } from './events/activate.ts';
import { onBackgroundFetchClick, onBackgroundFetchSettled } from './events/background-fetch.ts';
import { onFetch } from './events/fetch.ts';
import { onInstall } from './events/install.ts';
import { onMessage, onMessageError } from './events/message.ts';
import { onNotificationClick, onNotificationClose } from './events/notification-click.ts';
import { work } from './events/work.ts';
import { offerInspection } from './inspection.ts';
import { later } from './later-script.ts';

declare const self: ServiceWorkerGlobalScope;

/*
 * Every listener is registered here, synchronously, while the script first runs: a worker that is
 * woken for an event gets only the listeners that exist by then. Each one is a function of the event
 * and the context; nothing else happens in this file.
 */
const context = createContext(self, import.meta.env.APP_VERSION, () => outbox.registerSync());
/** The wake-up of our outbox, and nothing else of it: see docs/decisions/10. */
const outbox = new Queue('outbox', { onSync: async () => later().onOutboxSync(context) });
holdLife(context.locks, context.lifeId);
offerInspection(context);

self.addEventListener('install', work(onInstall, context));
self.addEventListener('activate', work(onActivate, context));
self.addEventListener('fetch', (event) => onFetch(event, context));
self.addEventListener('message', (event) => onMessage(event, context));
self.addEventListener('messageerror', (event) => onMessageError(event, context));
self.addEventListener('backgroundfetchsuccess', work(onBackgroundFetchSettled, context));
self.addEventListener('backgroundfetchfail', work(onBackgroundFetchSettled, context));
self.addEventListener('backgroundfetchabort', work(onBackgroundFetchSettled, context));
self.addEventListener('backgroundfetchclick', work(onBackgroundFetchClick, context));
self.addEventListener(
  'sync',
  work((event: SyncEvent) => later().onSync(event, context), context),
);
self.addEventListener(
  'periodicsync',
  work((event: PeriodicSyncEvent) => later().onPeriodicSync(event, context), context),
);
self.addEventListener('notificationclick', work(onNotificationClick, context));
self.addEventListener('notificationclose', work(onNotificationClose, context));
