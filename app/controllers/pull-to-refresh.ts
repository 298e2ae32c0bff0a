import type { LitElement, ReactiveController } from 'lit';

/** So far, and letting go refreshes. */
const READY_PX = 64;
const FURTHEST_PX = 88;
/** The mark follows the finger at half its pace: what is pulled resists. */
const PACE = 0.5;

/**
 * A pull down on the page around the host, where it is scrolled to its top. The host gets the way
 * that was pulled as `--pull`, 0 to 1 and a little more, and draws what it likes of it.
 */
export class PullToRefresh implements ReactiveController {
  /** Letting go now refreshes. */
  ready = false;
  private readonly host: LitElement;
  private readonly refresh: () => void;
  private listening: AbortController | undefined;
  private start: { x: number; y: number } | undefined;

  constructor(host: LitElement, refresh: () => void) {
    this.host = host;
    this.refresh = refresh;
    host.addController(this);
  }

  hostConnected(): void {
    this.listening = new AbortController();
    // Nothing here keeps the page from scrolling, so the browser need not wait for us.
    const options = { passive: true, signal: this.listening.signal };
    addEventListener('touchstart', this.began, options);
    addEventListener('touchmove', this.moved, options);
    addEventListener('touchend', this.ended, options);
    addEventListener('touchcancel', this.cancelled, options);
    // The browser's own pull loads the whole page anew, in the middle of what it plays.
    document.documentElement.style.overscrollBehaviorY = 'contain';
  }

  hostDisconnected(): void {
    this.listening?.abort();
    this.cancelled();
    document.documentElement.style.overscrollBehaviorY = '';
  }

  private readonly began = (event: TouchEvent): void => {
    const root = this.host.getRootNode();
    const page = root instanceof ShadowRoot ? root.host : document.body;
    const [touch, other] = event.touches;
    const isOurs = window.scrollY <= 0 && event.composedPath().includes(page);
    this.start = touch && !other && isOurs ? { x: touch.clientX, y: touch.clientY } : undefined;
  };

  private readonly moved = ({ touches: [touch, other] }: TouchEvent): void => {
    if (!this.start || !touch) return;
    const downPx = touch.clientY - this.start.y;
    const isAside = Math.abs(touch.clientX - this.start.x) > Math.abs(downPx);
    if (other || isAside || downPx < 0 || window.scrollY > 0) this.cancelled();
    else this.show(Math.min(downPx * PACE, FURTHEST_PX) / READY_PX);
  };

  private readonly ended = (): void => {
    const { ready } = this;
    this.cancelled();
    if (ready) this.refresh();
  };

  private readonly cancelled = (): void => {
    this.start = undefined;
    this.show(0);
  };

  private show(pull: number): void {
    this.host.style.setProperty('--pull', String(pull));
    if (this.ready === pull >= 1) return;
    this.ready = pull >= 1;
    this.host.requestUpdate();
  }
}
