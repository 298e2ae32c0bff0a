import { afterEach, expect, it, vi } from 'vitest';
import type { OpmlPart } from '../../core/contract/requests.ts';
import { sendList } from './opml-file.ts';
import type { WorkerLink } from './worker-link.ts';

afterEach(() => vi.unstubAllGlobals());

/** More than goes into one message, so that it travels in three. */
const longList = (host: string) =>
  new Blob([
    `<opml version="2.0"><body>${Array.from(
      { length: 1_100 },
      (_, index) => `<outline type="rss" xmlUrl="https://${host}.example/${index}"/>`,
    ).join('')}</body></opml>`,
  ]);

/** A worker that takes its time, and notes whose parts it hears. */
function aLink(): { link: WorkerLink; heard: string[] } {
  const heard: string[] = [];
  const send = async (_type: string, { importId, isLast }: OpmlPart) => {
    heard.push(`${importId}${isLast ? ' ends' : ''}`);
    await new Promise((resolve) => setTimeout(resolve));
    return {};
  };
  return { link: { send } as unknown as WorkerLink, heard };
}

it('of two lists that are sent at once, one follows the other', async () => {
  const { link, heard } = aLink();
  await Promise.all(['a', 'b'].map((name) => sendList(longList(name), name, link)));
  const first = heard[0] ?? '';
  const second = first === 'a' ? 'b' : 'a';
  expect(heard).toEqual([first, second].flatMap((name) => [name, name, `${name} ends`]));
});

it('a list whose worker fails gives its turn back', async () => {
  const { link, heard } = aLink();
  const failing = { send: () => Promise.reject(new Error('gone')) } as unknown as WorkerLink;
  await expect(sendList(longList('a'), 'a', failing)).rejects.toThrow('gone');
  await sendList(longList('b'), 'b', link);
  expect(heard).toHaveLength(3);
});

it('is sent as well where the browser has no locks', async () => {
  const { link, heard } = aLink();
  vi.stubGlobal('navigator', { ...navigator, locks: undefined });
  expect(await sendList(longList('a'), 'a', link)).toMatchObject({ ok: true });
  expect(heard).toHaveLength(3);
});
