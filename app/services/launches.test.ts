import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeImports } from '../elements/testing/fakes/later.ts';
import { enter, followLaunches } from './launches.ts';

interface Launch {
  targetURL?: string;
  files?: { getFile(): Promise<File> }[];
}

const FEED = 'https://example.org/feed.xml';
const filledIn = `#/?subscribe=${encodeURIComponent(FEED)}`;
const at = (more: string) => new URL(more, location.href).href;
let path = '';

beforeEach(() => {
  path = location.pathname + location.search;
  history.replaceState(null, '', `${location.pathname}#/`);
});
afterEach(() => history.replaceState(null, '', path));

describe('the address that the app is opened with', () => {
  it('leads to a page, once', async () => {
    history.replaceState(null, '', `${location.pathname}?url=${FEED}`);
    enter();
    expect(location.hash).toBe(filledIn);
    expect(location.search).toBe('');
  });

  it('stays as it is, where it says nothing', async () => {
    history.replaceState(null, '', '#/episodes');
    enter();
    expect(location.hash).toBe('#/episodes');
  });
});

describe('a launch that reaches a window that is open', () => {
  let imports: FakeImports;
  let launch: (params: Launch) => void;

  beforeEach(() => {
    imports = new FakeImports();
    Object.defineProperty(window, 'launchQueue', {
      configurable: true,
      value: {
        setConsumer: (consumer: typeof launch) => {
          launch = consumer;
        },
      },
    });
    followLaunches(imports, at(`?url=${FEED}`));
  });
  afterEach(() => Reflect.deleteProperty(window, 'launchQueue'));

  it('goes where the link or the shortcut leads', async () => {
    launch({ targetURL: at(`?podcast=web%2Bpodcast%3A${encodeURIComponent(FEED)}`), files: [] });
    await expect.poll(() => location.hash).toBe(filledIn);
    launch({ targetURL: at('#/downloads') });
    await expect.poll(() => location.hash).toBe('#/downloads');
  });

  it('is not the one that opened it, and an icon that is pressed leads nowhere else', async () => {
    const link = at(`?url=${FEED}`);
    launch({ targetURL: link });
    launch({ targetURL: new URL(location.pathname, location.origin).href });
    launch({});
    launch({ targetURL: at('#/search') });
    await expect.poll(() => location.hash).toBe('#/search');
    launch({ targetURL: link });
    await expect.poll(() => location.hash).toBe(filledIn);
    expect(imports.calls).toEqual([]);
  });

  it('brings a file to the import', async () => {
    launch({
      targetURL: at('#/import'),
      files: [{ getFile: async () => new File(['<opml/>'], 'a.opml') }],
    });
    await expect.poll(() => imports.calls).toEqual(['fromFile <opml/>']);
    expect(location.hash).toBe('#/import');
  });
});
