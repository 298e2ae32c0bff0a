/** What a person has decided about the app: one row of the `settings` store. */
export interface Settings {
  theme: Theme;
  /** A notification when a download has finished and no window is looked at. */
  notifyFinished: boolean;
  /** Downloads wait for a network without data limits. */
  unmeteredOnly: boolean;
  /** How many episodes the foreground engine fetches side by side, 1 to 4. */
  downloadsAtOnce: number;
  /** Downloaded episodes that stay of each podcast; `null`: all. See `retention.ts`. */
  keepNewest: number | null;
  /** What all downloaded episodes may take together; `null`: no limit. */
  capBytes: number | null;
  /** A badge and a notification for new episodes, of podcasts that may announce them. */
  announceNew: boolean;
}

/** One setting with its new value; the others stay as they are. */
export type SettingsChange = { [Name in keyof Settings]: Pick<Settings, Name> }[keyof Settings];

/** `system` follows the device. */
export type Theme = 'system' | 'light' | 'dark';

/** What holds until somebody decides. Nothing that disturbs or deletes is on by itself. */
export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  notifyFinished: false,
  announceNew: false,
  unmeteredOnly: false,
  downloadsAtOnce: 2,
  keepNewest: null,
  capBytes: null,
};
