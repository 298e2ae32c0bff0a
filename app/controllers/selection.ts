import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { EpisodeId } from '../../core/model/ids.ts';

/** Which episodes of a page are selected, while it lets people select. */
export class Selection implements ReactiveController {
  active = false;
  private readonly ids = new Set<EpisodeId>();
  private readonly host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    host.addController(this);
  }

  /** The choice is of this visit: whoever comes back begins anew. */
  hostDisconnected(): void {
    this.end();
  }

  has(id: EpisodeId): boolean {
    return this.ids.has(id);
  }

  begin(ids: Iterable<EpisodeId> = []): void {
    this.active = true;
    for (const id of ids) this.ids.add(id);
    this.host.requestUpdate();
  }

  set(id: EpisodeId, selected: boolean): void {
    if (selected) this.ids.add(id);
    else this.ids.delete(id);
    this.host.requestUpdate();
  }

  clear(): void {
    this.ids.clear();
    this.host.requestUpdate();
  }

  end(): void {
    this.active = false;
    this.clear();
  }
}
