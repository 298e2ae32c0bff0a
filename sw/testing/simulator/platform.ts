import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { IDBFactory } from 'fake-indexeddb';

/*
 * What the code under test takes from the platform by itself, and what a simulated world must have
 * in its own hands: the tasks of IndexedDB, and digests, which Node makes on other threads and ends
 * in no certain order.
 */

interface Hands {
  /** Runs a task of the database, in the order in which they come. */
  queueTask: (run: () => void) => void;
}

/** Runs one world on a platform of its own: an empty database, and nothing that happens beside it. */
export async function onPlatform<T>({ queueTask }: Hands, world: () => Promise<T>): Promise<T> {
  const { setImmediate: immediate, indexedDB: factory, structuredClone: clone } = globalThis;
  const { digest } = crypto.subtle;
  Object.assign(globalThis, {
    setImmediate: queueTask,
    indexedDB: new IDBFactory(),
    structuredClone: (value: unknown) => cloneOf(value, clone),
  });
  crypto.subtle.digest = async (_algorithm, data) => sha256(data);
  try {
    return await world();
  } finally {
    Object.assign(globalThis, {
      setImmediate: immediate,
      indexedDB: factory,
      structuredClone: clone,
    });
    crypto.subtle.digest = digest;
  }
}

/** What rows are mostly made of is copied by hand, several times as fast; the rest as the platform does. */
function cloneOf(value: unknown, clone: (value: unknown) => unknown): unknown {
  // Nobody can change a Blob, so one is as good as its copy.
  if (value === null || value instanceof Blob) return value;
  if (typeof value !== 'object') return typeof value === 'function' ? clone(value) : value;
  if (Array.isArray(value)) return value.map((item) => cloneOf(item, clone));
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain || Object.hasOwn(value, '__proto__')) return clone(value);
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) copy[key] = cloneOf(item, clone);
  return copy;
}

function sha256(data: BufferSource): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = createHash('sha256').update(view(data)).digest();
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

export function hexDigest(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function view(data: BufferSource): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
