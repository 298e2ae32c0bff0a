import { expect, it } from 'vitest';
import { failed, type Outcome, succeeded } from '../../core/model/failure.ts';
import { StoredImports } from './imports.ts';
import type { RowReader } from './row-reader.ts';
import type { WorkerLink } from './worker-link.ts';

/** A page whose worker answers each list when it is told to. */
function open() {
  const asked: { address: string; answer: (outcome: Outcome<unknown>) => void }[] = [];
  const link = {
    onBroadcast: () => undefined,
    onNewWorker: () => undefined,
    send: (_type: string, { address }: { address: string }) =>
      new Promise((answer) => asked.push({ address, answer })),
  };
  const reader = { read: async (_: unknown, nothing: unknown) => nothing };
  const imports = new StoredImports(reader as unknown as RowReader, link as unknown as WorkerLink);
  return { imports, asked };
}

it('a list that is handed over while another is being read is read after it', async () => {
  const { imports, asked } = open();
  const one = imports.fromAddress('one.example');
  const other = imports.fromAddress('other.example');
  await expect.poll(() => asked.map(({ address }) => address)).toEqual(['one.example']);
  asked[0]?.answer(failed({ code: 'opml-not-a-list' }));
  await one;
  expect(imports.reading).toBe(true);
  await expect.poll(() => asked[1]?.address).toBe('other.example');
  asked[1]?.answer(succeeded({}));
  await other;
  expect(imports.reading).toBe(false);
  expect(imports.failure, 'of the first one').toEqual({ code: 'opml-not-a-list' });
  const third = imports.fromAddress('third.example');
  expect(imports.failure).toBeUndefined();
  await expect.poll(() => asked).toHaveLength(3);
  asked[2]?.answer(succeeded({}));
  await third;
});
