import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * What can be seen of a long picture in a scrolling box. Follows the live end until somebody scrolls
 * away from it, and then keeps what they look at in its place while the picture changes around it.
 */
export class ScrollWindow implements ReactiveController {
  /** Whether the newest is in sight and stays there. */
  following = true;
  widthPx = 0;
  private heightPx = 0;
  private topPx = 0;
  private shiftPx = 0;
  private box: HTMLElement | undefined;
  private readonly host: ReactiveControllerHost & HTMLElement;
  private readonly resizes = new ResizeObserver(() => this.measure());

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // So that the first picture has its width already.
    this.widthPx = this.host.clientWidth;
  }

  hostDisconnected(): void {
    this.watch(undefined);
  }

  /** To be called after each update with the scrolling box, or with nothing while there is none. */
  watch(box: HTMLElement | null | undefined): void {
    if ((box ?? undefined) === this.box) return;
    this.resizes.disconnect();
    this.box?.removeEventListener('scroll', this.onScroll);
    this.box = box ?? undefined;
    if (!this.box) return;
    this.following = true;
    this.box.addEventListener('scroll', this.onScroll, { passive: true });
    this.resizes.observe(this.box);
    this.measure();
  }

  /** What should be drawn of a picture of this height: what is in sight, and some more. */
  range(pictureHeightPx: number): { top: number; bottom: number } {
    const seenPx = this.heightPx || USUAL_PX;
    const top = this.following ? pictureHeightPx - seenPx : this.topPx;
    return { top: top - MORE_PX, bottom: top + seenPx + MORE_PX };
  }

  /** Where in the picture the upper edge of the box is. */
  get top(): number {
    return this.topPx;
  }

  /** Before the picture is drawn: what is looked at will be further down by so much. */
  shift(byPx: number): void {
    this.shiftPx += byPx;
    this.topPx += byPx;
  }

  /** After the picture was drawn and has its new height. */
  settle(): void {
    if (!this.box) return;
    if (this.following) this.box.scrollTop = this.box.scrollHeight;
    else if (this.shiftPx !== 0) this.box.scrollTop += this.shiftPx;
    this.shiftPx = 0;
    this.topPx = this.box.scrollTop;
  }

  follow(): void {
    this.following = true;
    this.host.requestUpdate();
  }

  /** Scrolls just as far as needed to show this part of the picture, below a head that stays. */
  reveal(topPx: number, bottomPx: number, headPx: number): void {
    if (!this.box) return;
    const { scrollTop, clientHeight } = this.box;
    const lastPx = scrollTop + clientHeight - headPx;
    if (topPx >= scrollTop && bottomPx <= lastPx) return;
    // The event of this scroll renders again.
    this.box.scrollTop += topPx < scrollTop ? topPx - scrollTop : bottomPx - lastPx;
    this.look(this.box);
  }

  private readonly onScroll = (): void => {
    if (!this.box) return;
    // A box that is being resized scrolls by itself: nobody has looked elsewhere.
    if (this.box.clientHeight === this.heightPx) this.look(this.box);
    this.host.requestUpdate();
  };

  private look({ scrollTop, clientHeight, scrollHeight }: HTMLElement): void {
    this.topPx = scrollTop;
    this.following = scrollTop + clientHeight >= scrollHeight - NEAR_PX;
  }

  private measure(): void {
    if (!this.box) return;
    const { clientWidth, clientHeight } = this.box;
    if (clientWidth === this.widthPx && clientHeight === this.heightPx) return;
    const wider = clientWidth !== this.widthPx;
    // The first picture was drawn for the usual height, and is right for every lower one.
    const higher = clientHeight > (this.heightPx || USUAL_PX);
    this.widthPx = clientWidth;
    this.heightPx = clientHeight;
    if (this.following) this.box.scrollTop = this.box.scrollHeight;
    if (wider || higher) this.host.requestUpdate();
  }
}

const USUAL_PX = 640;
const NEAR_PX = 12;
const MORE_PX = 240;
