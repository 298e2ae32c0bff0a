import type { Context } from 'hono';
import * as v from 'valibot';

/** The body of a request, if it is what the schema says and declared as JSON. */
export async function readJson<T>(
  c: Context,
  schema: v.GenericSchema<unknown, T>,
): Promise<T | undefined> {
  // A form on another site can post text, but not JSON without asking first.
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) return undefined;
  const body: unknown = await c.req.json().catch(() => undefined);
  const result = v.safeParse(schema, body);
  return result.success ? result.output : undefined;
}
