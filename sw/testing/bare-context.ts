import { Tap } from '../../core/messaging/tap.ts';
import { ClientLoad } from '../client-load.ts';
import type { WorkerContext } from '../context.ts';
import { ProgressBoard } from '../downloads/progress-board.ts';
import { RunningWork } from '../downloads/running-work.ts';
import { DroppedMessages } from '../dropped-messages.ts';

export const baseUrl = new URL('https://app.example/');

/** What a device has to say for itself. */
type Own =
  | 'registration'
  | 'caches'
  | 'locks'
  | 'fetch'
  | 'now'
  | 'later'
  | 'timeout'
  | 'isOnline'
  | 'randomId'
  | 'random'
  | 'lifeId'
  | 'database'
  | 'broadcast'
  | 'report';

/** One life of a worker on a device where nothing is special: no windows, room enough, any network. */
export function bareContext(own: Pick<WorkerContext, Own> & Partial<WorkerContext>): WorkerContext {
  return {
    baseUrl,
    build: 'test',
    clients: { matchAll: async () => [] } as unknown as Clients,
    isActivated: () => true,
    skipWaiting: async () => undefined,
    networkRules: async () => ({ unmeteredOnly: false, connection: undefined }),
    sparesData: () => false,
    quotaBytes: async () => 10e9,
    freeBytes: async () => 10e9,
    browserLife: async () => undefined,
    askToBeWoken: async () => undefined,
    showBadge: async () => undefined,
    tidyShell: async () => undefined,
    tell: async (_window, broadcast) => own.broadcast(broadcast),
    notificationPermission: () => 'denied',
    tap: new Tap('worker'),
    dropped: new DroppedMessages(),
    progress: new ProgressBoard(own.now),
    running: new RunningWork(),
    load: new ClientLoad(),
    ...own,
  };
}
