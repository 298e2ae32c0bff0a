/**
 * Range headers as players, clumsy clients and hostile ones send them: mostly near the boundaries of
 * what there is, some beyond all numbers, some broken by a letter.
 */
export function randomRangeHeader(random: () => number, boundaries: readonly number[]): string {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const chance = (share: number) => random() < share;

  const position = (): string => {
    const near = Math.max(0, pick(boundaries) + Math.floor(random() * 5) - 2);
    const text = chance(0.1) ? pick(HUGE) : String(near);
    return chance(0.05) ? `00${text}` : text;
  };
  const blank = () => (chance(0.06) ? pick([' ', '\t', '  ', ' \t ']) : '');
  const spec = (): string => {
    const kind = random();
    if (kind < 0.5) return `${position()}-${position()}`;
    if (kind < 0.7) return `${position()}-`;
    if (kind < 0.95) return `-${chance(0.2) ? pick(['0', '00']) : position()}`;
    return pick(['-', '', '--1', '1--', '1-2-3', '0.5-1', '+1-2', '0x0-1', 'a-b']);
  };
  const count = chance(0.8) ? 1 : Math.floor(random() * 4);
  const specs = Array.from({ length: count }, () => `${blank()}${spec()}${blank()}`);
  const commas = chance(0.05) ? pick([',', ',,', ', ,']) : '';
  const unit = chance(0.9)
    ? 'bytes'
    : pick(['Bytes', 'BYTES', 'byte', 'items', 'seconds', '', 'none']);
  const header = `${unit}${blank()}=${blank()}${specs.join(',')}${commas}`;
  return chance(0.1) ? broken(header, random) : header;
}

const HUGE = [
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '18446744073709551615',
  '18446744073709551616',
  '340282366920938463463374607431768211456',
  `1${'0'.repeat(400)}`,
];

/** One letter more, less or other. */
function broken(text: string, random: () => number): string {
  const at = Math.floor(random() * (text.length + 1));
  const letters = '0123456789-=, \tbytesx*/"';
  const letter = letters[Math.floor(random() * letters.length)] ?? '';
  const kind = random();
  if (kind < 1 / 3) return text.slice(0, at) + letter + text.slice(at);
  return text.slice(0, at) + (kind < 2 / 3 ? letter : '') + text.slice(at + 1);
}
