const NAME = 'stowaway-browser';

/**
 * Names this life of the browser: a cookie without an age outlives every page and every worker, and is
 * gone with the browser. One that restores its last session brings it back, and then a kill is taken for a
 * crash. `undefined` where the browser has no such cookies for workers, or the user does not want any.
 */
export async function browserLife(
  cookies: CookieStore | undefined,
  path: string,
  randomId: () => string,
): Promise<string | undefined> {
  try {
    const kept = await cookies?.get(NAME);
    if (kept?.value) return kept.value;
    await cookies?.set({ name: NAME, value: randomId(), path, sameSite: 'strict' });
    return (await cookies?.get(NAME))?.value;
  } catch {
    return undefined;
  }
}
