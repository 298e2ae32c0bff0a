import { ContextConsumer } from '@lit/context';
import type { LitElement, ReactiveController } from 'lit';
import { type EpisodeId, isId, type PodcastId } from '../../core/model/ids.ts';
import { keepAheadContext } from '../contexts.ts';

/** A pointer that only passes, or a focus that only walks by, means nothing. */
const DWELL_MS = 150;
/** Scrolling has come to rest. */
const REST_MS = 500;

/**
 * Has things kept before somebody opens them: what the pointer or the focus rests on, and what is on
 * screen when scrolling has come to rest. The host marks its items with `data-keep-episode` or
 * `data-keep-podcast`, an id each.
 */
export class KeepAheadController implements ReactiveController {
  private readonly host: LitElement;
  private readonly service: ContextConsumer<typeof keepAheadContext, LitElement>;
  private observer: IntersectionObserver | undefined;
  private readonly onScreen = new Set<Element>();
  private meant: Element | undefined;
  private dwell: ReturnType<typeof setTimeout> | undefined;
  private rest: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement) {
    this.host = host;
    this.service = new ContextConsumer(host, { context: keepAheadContext });
    host.addController(this);
  }

  hostConnected(): void {
    this.observer = new IntersectionObserver(this.seen);
    const { host } = this;
    // Inside the shadow root, where an event's target is still the item's own content.
    host.renderRoot.addEventListener('pointerover', this.approached);
    host.renderRoot.addEventListener('focusin', this.approached);
    host.addEventListener('pointerleave', this.left);
    this.watch();
  }

  hostDisconnected(): void {
    this.observer?.disconnect();
    this.onScreen.clear();
    clearTimeout(this.rest);
    this.left();
    const { host } = this;
    host.renderRoot.removeEventListener('pointerover', this.approached);
    host.renderRoot.removeEventListener('focusin', this.approached);
    host.removeEventListener('pointerleave', this.left);
  }

  hostUpdated(): void {
    this.watch();
  }

  private watch(): void {
    // Observing what is observed already does nothing, and what has gone is let go of.
    for (const item of this.host.renderRoot.querySelectorAll(ITEMS)) this.observer?.observe(item);
  }

  private readonly seen = (entries: IntersectionObserverEntry[]): void => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.onScreen.add(target);
      else this.onScreen.delete(target);
    }
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      for (const item of this.onScreen) this.keep(item);
    }, REST_MS);
  };

  private readonly approached = ({ target }: Event): void => {
    const item = target instanceof Element ? target.closest(ITEMS) : null;
    if (item === (this.meant ?? null)) return;
    this.left();
    if (!item) return;
    this.meant = item;
    this.dwell = setTimeout(() => this.keep(item), DWELL_MS);
  };

  private readonly left = (): void => {
    clearTimeout(this.dwell);
    this.meant = undefined;
  };

  private keep(item: Element): void {
    if (!(item instanceof HTMLElement)) return;
    const { keepEpisode, keepPodcast } = item.dataset;
    if (isId<EpisodeId>(keepEpisode)) this.service.value?.episode(keepEpisode);
    if (isId<PodcastId>(keepPodcast)) this.service.value?.podcast(keepPodcast);
  }
}

const ITEMS = '[data-keep-episode], [data-keep-podcast]';
