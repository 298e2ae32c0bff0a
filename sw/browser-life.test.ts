import { expect, it } from 'vitest';
import { browserLife } from './browser-life.ts';

/** The cookies of one life of a browser, as far as they matter here. */
function jar(): CookieStore & { paths: string[] } {
  const kept = new Map<string, string>();
  const paths: string[] = [];
  return {
    paths,
    get: async (name: string) => {
      const value = kept.get(name);
      return value === undefined ? null : { name, value };
    },
    set: async ({ name, value, expires, path }: CookieInit) => {
      if (expires) throw new Error('it would outlive the browser');
      paths.push(path ?? '');
      kept.set(name, value);
    },
  } as unknown as CookieStore & { paths: string[] };
}

let dice = 0;
const random = () => {
  dice += 0.001;
  return dice;
};

it('is the same for as long as the browser runs, and another one afterwards', async () => {
  const before = jar();
  const life = await browserLife(before, '/', random);
  expect(await browserLife(before, '/', random)).toBe(life);
  expect(await browserLife(jar(), '/', random)).not.toBe(life);
});

it('belongs to the path of the app', async () => {
  const cookies = jar();
  await browserLife(cookies, '/podcasts/', random);
  expect(cookies.paths).toEqual(['/podcasts/']);
});

it('is not known where there are no such cookies, or none are wanted', async () => {
  const refusing = {
    get: async () => null,
    set: () => Promise.reject(new TypeError('refused')),
  } as unknown as CookieStore;
  const forgetful = { get: async () => null, set: async () => undefined } as unknown as CookieStore;
  for (const cookies of [undefined, refusing, forgetful]) {
    expect(await browserLife(cookies, '/', random)).toBeUndefined();
  }
});
