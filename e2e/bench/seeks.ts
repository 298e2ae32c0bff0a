import { type Comparison, median } from './figures.ts';
import { CONSTANT_PATH, type Episode, type MeasuredApp } from './measured-app.ts';

const ROUNDS = 8;
const PER_ROUND = 25;

/**
 * From a request for the rest of the file, as a player makes it, to its first 64 KiB; beside an answer
 * that the worker has at hand. Both episodes are downloaded.
 */
export async function seekTimes(
  measured: MeasuredApp,
  small: Episode,
  large: Episode,
  browserKind: 'chromium' | 'firefox',
): Promise<Comparison[]> {
  const parameters = {
    constant: CONSTANT_PATH,
    small: { title: small.title, sizeBytes: small.sizeBytes },
    large: { title: large.title, sizeBytes: large.sizeBytes },
    rounds: ROUNDS,
    perRound: PER_ROUND,
  };
  const rounds = await measured.page.evaluate(seek, parameters);
  const medians = (way: 'small' | 'large' | 'constant') =>
    rounds.map((round) => median(round[way]));
  return [
    {
      name: `64 KiB after a seek in 300 MB, beside a constant answer, ${browserKind}`,
      unit: 'ms',
      ours: medians('large'),
      peer: medians('constant'),
      goal: { atMost: browserKind === 'chromium' ? 2 : 3 },
    },
    {
      name: `64 KiB after a seek, in 300 MB beside 60 MB, ${browserKind}`,
      unit: 'ms',
      ours: medians('large'),
      peer: medians('small'),
      goal: { atMost: 1.3 },
    },
  ];
}

interface Parameters {
  constant: string;
  small: { title: string; sizeBytes: number };
  large: { title: string; sizeBytes: number };
  rounds: number;
  perRound: number;
}

/** Runs in the page. The first round warms up and does not count. */
async function seek({ constant, small, large, rounds, perRound }: Parameters) {
  const enough = 64 * 1024;
  const ids = await new Promise<Map<string, string>>((resolve, reject) => {
    const opening = indexedDB.open('stowaway');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const db = opening.result;
      const reading = db.transaction('episodes').objectStore('episodes').getAll();
      reading.onsuccess = () => {
        db.close();
        resolve(new Map(reading.result.map(({ title, id }) => [title, id])));
      };
    };
  });
  const measure = async (path: string, fromByte: number) => {
    const startedAt = performance.now();
    const response = await fetch(path, { headers: { range: `bytes=${fromByte}-` } });
    if (response.status !== 206) throw new Error(`${path} answered ${response.status}`);
    const reader = response.body?.getReader();
    for (let bytes = 0; bytes < enough; ) {
      const part = await reader?.read();
      if (!part?.value) throw new Error(`${path} ended early`);
      bytes += part.value.length;
    }
    const ms = performance.now() - startedAt;
    await reader?.cancel();
    return ms;
  };
  const within = ({ title, sizeBytes }: { title: string; sizeBytes: number }) =>
    measure(`/media/${ids.get(title)}`, Math.floor(Math.random() * (sizeBytes - enough)));
  const ways = {
    small: () => within(small),
    large: () => within(large),
    constant: () => measure(constant, 0),
  };
  const results: Record<keyof typeof ways, number[]>[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const result: Record<keyof typeof ways, number[]> = { small: [], large: [], constant: [] };
    for (let n = 0; n < perRound; n += 1) {
      for (const way of ['small', 'constant', 'large'] as const)
        result[way].push(await ways[way]());
    }
    if (round > 0) results.push(result);
  }
  return results;
}
