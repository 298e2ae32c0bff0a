import { type Failure, type Outcome, succeeded } from '../../core/model/failure.ts';
import { DEFAULT_SETTINGS, type Settings, type SettingsChange } from '../../core/model/settings.ts';
import { getSettings } from '../../core/storage/settings.ts';
import type { SettingsKeeper } from '../contexts.ts';
import type { RowReader } from './row-reader.ts';
import type { Tabs } from './tabs.ts';
import { rememberedTheme, showTheme } from './theme.ts';
import { failureBehind, type WorkerLink } from './worker-link.ts';

/**
 * What the person has decided, as the row has it. A change holds here at once, and in the other
 * tabs as soon as it is a row.
 */
export class StoredSettings extends EventTarget implements SettingsKeeper {
  current: Settings = { ...DEFAULT_SETTINGS, theme: rememberedTheme() };
  private readonly reader: RowReader;
  private readonly link: WorkerLink;
  private readonly tabs: Tabs;
  private readonly onSaved: () => void;
  /** Changes whose rows are not written yet: what is read meanwhile is older than what is shown. */
  private saving = 0;

  /** `onSaved`: what waits may go on by the new rules. */
  constructor(reader: RowReader, link: WorkerLink, tabs: Tabs, onSaved: () => void) {
    super();
    this.reader = reader;
    this.link = link;
    this.tabs = tabs;
    this.onSaved = onSaved;
    showTheme(this.current.theme);
    tabs.onMessage(({ type }) => {
      if (type === 'settings/changed') void this.reread();
    });
    // A hint that was lost costs nothing: whoever comes back looks again.
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void this.reread();
    });
    void this.reread();
  }

  get notifications(): SettingsKeeper['notifications'] {
    return 'Notification' in window ? Notification.permission : 'missing';
  }

  get tellsNetworks(): boolean {
    // Desktop browsers have a `connection` that says everything but this.
    return typeof navigator.connection?.type === 'string';
  }

  get fetchesByItself(): boolean {
    return 'BackgroundFetchManager' in window;
  }

  async change(change: SettingsChange): Promise<Outcome<unknown>> {
    const before = this.current;
    this.saving += 1;
    this.take({ ...before, ...change });
    const outcome = await this.link
      .send('settings/save', { change })
      .then(succeeded, failureBehind)
      .finally(() => {
        this.saving -= 1;
      });
    const kept = outcome.ok || isKeptWithoutRows(change, outcome.failure);
    if (kept) {
      this.tabs.say({ type: 'settings/changed' });
      this.onSaved();
    } else {
      this.take(before);
    }
    await this.reread();
    return kept ? succeeded({}) : outcome;
  }

  async askToNotify(): Promise<void> {
    if (this.notifications === 'default') await Notification.requestPermission();
    this.dispatchEvent(new Event('change'));
  }

  private async reread(): Promise<void> {
    try {
      const row = await this.reader.read(getSettings, undefined);
      if (this.saving > 0) return;
      this.take(row ?? { ...DEFAULT_SETTINGS, theme: rememberedTheme() });
    } catch (error) {
      console.warn('the settings could not be read', error);
    }
  }

  private take(settings: Settings): void {
    if (JSON.stringify(settings) === JSON.stringify(this.current)) return;
    this.current = settings;
    showTheme(settings.theme);
    this.dispatchEvent(new Event('change'));
  }
}

/** A window without a worker has no rows, but what is remembered of the theme lasts without them. */
function isKeptWithoutRows(change: SettingsChange, { code }: Failure): boolean {
  return code === 'worker-missing' && 'theme' in change;
}
