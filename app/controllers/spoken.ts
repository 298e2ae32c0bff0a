import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** So long nothing has changed: whoever types does not want to hear a figure after each letter. */
const PAUSE_MS = 600;

/** The words of a live region, which follow what is shown once it has come to rest. */
export class Spoken implements ReactiveController {
  text = '';
  private next = '';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
  }

  say(text: string): void {
    if (text === this.next) return;
    this.next = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.text = text;
      this.host.requestUpdate();
    }, PAUSE_MS);
  }
}
