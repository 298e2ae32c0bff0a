/** A page has learned what it shows, for the document's title. */
export class PageTitleEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('page-title', { bubbles: true, composed: true });
    this.text = text;
  }
}
