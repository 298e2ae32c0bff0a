const NAME = 'stowaway-browser';

/** Enough to tell one life from the next, and too few to tell people apart: servers see cookies. */
const NAMES = 1000;

/**
 * Names this life of the browser: a cookie without an age outlives every page and every worker, and is
 * gone with the browser. One that restores its last session brings it back, and one in a thousand has the
 * name of the last one: then a kill is taken for a crash. `undefined` where the browser has no such cookies
 * for workers, or the user does not want any. `random` is at least 0, less than 1.
 */
export async function browserLife(
  cookies: CookieStore | undefined,
  path: string,
  random: () => number,
): Promise<string | undefined> {
  try {
    const kept = await cookies?.get(NAME);
    if (kept?.value) return kept.value;
    await cookies?.set({
      name: NAME,
      value: String(Math.floor(random() * NAMES)),
      path,
      sameSite: 'strict',
    });
    return (await cookies?.get(NAME))?.value;
  } catch {
    return undefined;
  }
}
