import { isTabEnvelope } from '../../core/contract/guards.ts';
import type { TabEnvelope, TabMessage } from '../../core/contract/tabs.ts';
import { PROTOCOL } from '../../core/contract/version.ts';
import { messageFields, type Tap } from '../../core/messaging/tap.ts';
import { databaseNameFor } from '../../core/storage/schema.ts';

/**
 * What this tab and the others tell each other, past the worker: the one place with a
 * BroadcastChannel. It reaches the open tabs of this app, and wakes nobody.
 */
export class Tabs {
  /** Names this tab to the others, for as long as its page lives. */
  readonly tabId = crypto.randomUUID();
  private readonly channel: BroadcastChannel;
  private readonly tap: Tap;
  private readonly listeners = new Set<(message: TabMessage, tabId: string) => void>();

  /** `baseAddress`: apps under other paths of the same origin have tabs of their own. */
  constructor(baseAddress: string, tap: Tap) {
    this.tap = tap;
    this.channel = new BroadcastChannel(`${databaseNameFor(baseAddress)} tabs`);
    this.channel.onmessage = (event: MessageEvent<unknown>) => this.hear(event);
  }

  /** Tells every other tab. This one does not hear itself. */
  say(message: TabMessage): void {
    const envelope: TabEnvelope = { protocol: PROTOCOL, kind: 'tab', tabId: this.tabId, message };
    this.tap.record(() => ({
      channel: 'tabs',
      from: 'page',
      to: 'tabs',
      type: message.type,
      phase: 'only',
      payload: envelope,
    }));
    this.channel.postMessage(envelope);
  }

  onMessage(listener: (message: TabMessage, tabId: string) => void): void {
    this.listeners.add(listener);
  }

  /** Anything on this origin can speak here, also a tab of another version: what is odd is dropped. */
  private hear(event: MessageEvent<unknown>): void {
    const { data } = event;
    if (!isTabEnvelope(data) || data.protocol !== PROTOCOL || data.tabId === this.tabId) return;
    this.tap.record(() => ({
      channel: 'tabs',
      from: 'tabs',
      to: 'page',
      type: data.message.type,
      phase: 'only',
      payload: data,
      event: messageFields(event),
    }));
    for (const listener of this.listeners) listener(data.message, data.tabId);
  }
}
