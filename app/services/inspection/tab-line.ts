import { messageFields, type Tap } from '../../../core/messaging/tap.ts';

export interface Greeting {
  kind: 'greeting';
}

/**
 * A BroadcastChannel between the Inspectors of several tabs, to be looked at. It reaches every
 * page and worker of this origin that has one by the same name, except the one that speaks.
 */
export class TabLine {
  private readonly channel: BroadcastChannel;
  private readonly tap: Tap;

  constructor(scope: URL, tap: Tap) {
    this.tap = tap;
    this.channel = new BroadcastChannel(`stowaway-inspector-tabs:${scope.pathname}`);
    this.channel.onmessage = (event: MessageEvent<unknown>) => {
      const isRead = isGreeting(event.data);
      tap.record(() => ({
        channel: 'tabs',
        from: 'tabs',
        to: 'page',
        type: isRead ? 'greeting' : event.type,
        phase: 'only',
        ...(isRead ? { payload: event.data } : { outcome: 'dropped: not-a-greeting' }),
        event: messageFields(event),
      }));
    };
  }

  postMessage(greeting: Greeting): void {
    this.channel.postMessage(greeting);
    this.tap.record(() => ({
      channel: 'tabs',
      from: 'page',
      to: 'tabs',
      type: greeting.kind,
      phase: 'only',
      payload: greeting,
    }));
  }

  close(): void {
    this.channel.close();
  }
}

function isGreeting(data: unknown): data is Greeting {
  return (
    typeof data === 'object' &&
    data !== null &&
    Object.keys(data).length === 1 &&
    'kind' in data &&
    data.kind === 'greeting'
  );
}
