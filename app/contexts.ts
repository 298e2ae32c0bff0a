import { createContext } from '@lit/context';
import type { AppStatus, Inspector, SettingsKeeper } from './contexts/app.ts';
import type { Downloads, StorageKeeper } from './contexts/downloads.ts';
import type { Imports, Outbox, WakeUps } from './contexts/later.ts';
import type { KeepAhead, Library, LiveUpdates } from './contexts/library.ts';
import type { Player } from './contexts/player.ts';
import type { Searcher } from './contexts/search.ts';

export type * from './contexts/app.ts';
export type * from './contexts/downloads.ts';
export type * from './contexts/later.ts';
export type * from './contexts/library.ts';
export type * from './contexts/player.ts';
export type * from './contexts/search.ts';

/*
 * What elements may ask for. Pages and controllers take these by context and know nothing of
 * storage, messages or the service worker behind them. `main.ts` provides the real ones, element
 * tests provide plain objects.
 *
 * Every service is an EventTarget that dispatches a plain `change` event: look again.
 */

export const libraryContext = createContext<Library>(Symbol('library'));
export const downloadsContext = createContext<Downloads>(Symbol('downloads'));
export const playerContext = createContext<Player>(Symbol('player'));
export const statusContext = createContext<AppStatus>(Symbol('status'));
export const storageContext = createContext<StorageKeeper>(Symbol('storage'));
export const inspectionContext = createContext<Inspector>(Symbol('inspection'));
export const searchContext = createContext<Searcher>(Symbol('search'));
export const liveContext = createContext<LiveUpdates>(Symbol('live'));
export const settingsContext = createContext<SettingsKeeper>(Symbol('settings'));
export const wakeUpsContext = createContext<WakeUps>(Symbol('wake-ups'));
export const outboxContext = createContext<Outbox>(Symbol('outbox'));
export const importsContext = createContext<Imports>(Symbol('imports'));
export const keepAheadContext = createContext<KeepAhead>(Symbol('keep-ahead'));
