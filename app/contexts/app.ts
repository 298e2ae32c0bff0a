import type { Outcome } from '../../core/model/failure.ts';
import type { Settings, SettingsChange } from '../../core/model/settings.ts';
import type { Inspection } from '../inspection-view.ts';

/** The state of the app's own plumbing, in words that people can use. */
export interface AppStatus extends EventTarget {
  readonly online: boolean;
  /** `online-only`: this browser (or window) has no service worker; nothing can be kept. */
  readonly worker: 'starting' | 'ready' | 'online-only';
  /** A new version waits for the user's word. */
  readonly updateWaiting: boolean;
  /** The user has taken it here; it begins as soon as nothing is being stored. */
  readonly updateTaking: boolean;
  /** It is at work, taken in another tab, and this page is still one of the old version. */
  readonly updateTaken: boolean;
  /** Page and worker do not understand each other: only a reload helps. */
  readonly outdated: boolean;
  /** Another window of the app, of an older version, does not make way for the update of the library. */
  readonly heldUp: boolean;
  /** The browser offers to install the app. */
  readonly installable: boolean;
  readonly version: string;
  /** The first version has just been kept here, for good: said once on a device. */
  readonly readyOffline: boolean;
  /** The library that was here is gone: the browser has removed it. */
  readonly libraryLost: boolean;
  /** Lets what waits take over, and reloads; without that, only reloads. */
  takeUpdate(): void;
  install(): Promise<void>;
  /** Dismisses the message about a lost library. */
  acknowledgeLoss(): void;
  /** Dismisses the message that the app now opens without a connection. */
  acknowledgeReady(): void;
}

/** What the person has decided about the app. */
export interface SettingsKeeper extends EventTarget {
  readonly current: Settings;
  /** Whether the browser tells networks with data limits from others. */
  readonly tellsNetworks: boolean;
  /** Whether it fetches episodes by itself, as many at once as it likes. */
  readonly fetchesByItself: boolean;
  /** What the browser says to notifications: `default` means that nobody has asked yet. */
  readonly notifications: NotificationPermission | 'missing';
  /** Holds at once; resolves when it is a row, or with why it is not. */
  change(change: SettingsChange): Promise<Outcome<unknown>>;
  /** Has the browser ask. Only after a press on something that says so. */
  askToNotify(): Promise<void>;
}

export interface Inspector {
  /** Begins to look. Its code comes now, so this rejects where that cannot be had. */
  open(): Promise<Inspection>;
}
