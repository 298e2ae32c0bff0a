/** The best so many of a stream, in order, at the price of a comparison for each that is not among them. */
export class Best<Item> {
  readonly items: Item[] = [];
  private readonly most: number;
  private readonly isBetter: (one: Item, other: Item) => boolean;

  constructor(most: number, isBetter: (one: Item, other: Item) => boolean) {
    this.most = most;
    this.isBetter = isBetter;
  }

  offer(item: Item): void {
    const { items, most, isBetter } = this;
    const worst = items[items.length - 1];
    if (items.length >= most && (worst === undefined || !isBetter(item, worst))) return;
    const place = items.findIndex((other) => isBetter(item, other));
    items.splice(place < 0 ? items.length : place, 0, item);
    if (items.length > most) items.pop();
  }
}
