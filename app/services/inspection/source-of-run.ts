const MARKER = 'export async function run(';

/** From the function that the button runs to the end of its file, as it is written there. */
export function sourceOfRun(source: string): string {
  const start = source.indexOf(MARKER);
  if (start < 0) throw new Error('a technique without a run function');
  return source.slice(start + 'export '.length).trimEnd();
}
