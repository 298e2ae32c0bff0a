/** A sentence that the app shows to the user and reads out. */
export class AnnounceEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('announce', { bubbles: true, composed: true });
    this.text = text;
  }
}
