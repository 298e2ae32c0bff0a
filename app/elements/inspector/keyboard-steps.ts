/**
 * Which entry a key leads to, in a list of `count` with the current one at `index` (-1: none). The
 * way in from nowhere is the newest, at the end. `undefined` where the key leads nowhere.
 */
export function steppedTo(key: string, index: number, count: number): number | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return index < 0 ? last : Math.min(last, index + 1);
    case 'ArrowUp':
      return index < 0 ? last : Math.max(0, index - 1);
    case 'PageDown':
      return index < 0 ? last : Math.min(last, index + 10);
    case 'PageUp':
      return index < 0 ? last : Math.max(0, index - 10);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
