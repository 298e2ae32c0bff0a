import { type Context, ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A service taken by context. The host renders again whenever the service says that it changed. */
export class Live<Service extends EventTarget> implements ReactiveController {
  private readonly host: ReactiveControllerHost & HTMLElement;
  private readonly consumer: ContextConsumer<
    Context<unknown, Service>,
    ReactiveControllerHost & HTMLElement
  >;
  private heard: Service | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, context: Context<unknown, Service>) {
    this.host = host;
    this.consumer = new ContextConsumer(host, { context });
    host.addController(this);
  }

  /** Throws where nobody above the host provides it: that is a bug, not a state. */
  get service(): Service {
    if (this.consumer.value) return this.consumer.value;
    throw new Error(`<${this.host.localName}> was connected before its services were provided`);
  }

  hostConnected(): void {
    this.heard = this.service;
    this.heard.addEventListener('change', this.renderAgain);
  }

  hostDisconnected(): void {
    this.heard?.removeEventListener('change', this.renderAgain);
  }

  private readonly renderAgain = () => this.host.requestUpdate();
}
