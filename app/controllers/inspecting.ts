import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Inspector, inspectionContext } from '../contexts.ts';
import type { Inspection } from '../inspection-view.ts';

/** Inspects for as long as the host is in the document, and not a moment longer. */
export class Inspecting implements ReactiveController {
  /** `undefined` until its code is here. */
  inspection: Inspection | undefined;
  error: unknown;
  /** How often it has changed, for elements to which the same inspection is handed down. */
  changes = 0;
  private readonly host: ReactiveControllerHost & HTMLElement;
  private readonly consumer: { value?: Inspector };
  private turn = 0;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.host = host;
    this.consumer = new ContextConsumer(host, { context: inspectionContext });
    host.addController(this);
  }

  hostConnected(): void {
    this.turn += 1;
    void this.open(this.turn);
  }

  hostDisconnected(): void {
    this.turn += 1;
    this.inspection?.removeEventListener('change', this.renderAgain);
    this.inspection?.close();
    this.inspection = undefined;
  }

  private async open(turn: number): Promise<void> {
    try {
      const inspection = await this.consumer.value?.open();
      // The page was left while the code was on its way.
      if (turn !== this.turn) return inspection?.close();
      this.inspection = inspection;
      inspection?.addEventListener('change', this.renderAgain);
    } catch (error) {
      this.error = error;
    }
    this.host.requestUpdate();
  }

  private readonly renderAgain = () => {
    this.changes += 1;
    this.host.requestUpdate();
  };
}
