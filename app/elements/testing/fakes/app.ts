import { type Outcome, succeeded } from '../../../../core/model/failure.ts';
import {
  DEFAULT_SETTINGS,
  type Settings,
  type SettingsChange,
} from '../../../../core/model/settings.ts';
import type { AppStatus, SettingsKeeper } from '../../../contexts.ts';
import { Fake } from './fake.ts';

export class FakeStatus extends Fake implements AppStatus {
  online = true;
  worker: AppStatus['worker'] = 'ready';
  updateWaiting = false;
  updateTaking = false;
  updateTaken = false;
  outdated = false;
  heldUp = false;
  installable = false;
  version = '1.2.3';
  readyOffline = false;
  libraryLost = false;

  takeUpdate(): void {
    this.calls.push('takeUpdate');
  }

  install(): Promise<void> {
    return this.called('install');
  }

  acknowledgeLoss(): void {
    this.calls.push('acknowledgeLoss');
  }

  acknowledgeReady(): void {
    this.calls.push('acknowledgeReady');
  }
}

export class FakeSettings extends Fake implements SettingsKeeper {
  current: Settings = DEFAULT_SETTINGS;
  tellsNetworks = true;
  fetchesByItself = false;
  notifications: SettingsKeeper['notifications'] = 'default';
  /** What the person answers when the browser asks. */
  answer: NotificationPermission = 'granted';
  changing: Outcome<unknown> = succeeded({});

  async change(change: SettingsChange): Promise<Outcome<unknown>> {
    await this.called(`change ${JSON.stringify(change)}`);
    if (this.changing.ok) this.current = { ...this.current, ...change };
    this.changed();
    return this.changing;
  }

  async askToNotify(): Promise<void> {
    await this.called('askToNotify');
    if (this.notifications === 'default') this.notifications = this.answer;
    this.changed();
  }
}
