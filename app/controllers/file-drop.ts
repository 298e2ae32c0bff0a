import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * A file that is dropped anywhere on the page is the host's. The host shows where it may be dropped
 * while `over`, and has a button for the same.
 */
export class FileDrop implements ReactiveController {
  over = false;
  private readonly host: ReactiveControllerHost;
  private readonly onFile: (file: File) => void;

  constructor(host: ReactiveControllerHost, onFile: (file: File) => void) {
    this.host = host;
    this.onFile = onFile;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('dragover', this.allow);
    addEventListener('dragleave', this.leave);
    addEventListener('drop', this.drop);
  }

  hostDisconnected(): void {
    removeEventListener('dragover', this.allow);
    removeEventListener('dragleave', this.leave);
    removeEventListener('drop', this.drop);
  }

  private readonly allow = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    // Without this the browser would leave the app and show the file.
    event.preventDefault();
    this.show(true);
  };

  private readonly leave = (event: DragEvent): void => {
    // Out of the window, and not from one element to the next.
    if (event.relatedTarget === null) this.show(false);
  };

  private readonly drop = (event: DragEvent): void => {
    this.show(false);
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    this.onFile(file);
  };

  private show(over: boolean): void {
    if (this.over === over) return;
    this.over = over;
    this.host.requestUpdate();
  }
}
