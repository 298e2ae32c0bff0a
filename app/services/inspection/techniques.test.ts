import { describe, expect, it, vi } from 'vitest';
import { viewTechniques } from './technique-views.ts';
import { techniques } from './techniques.ts';

const send = vi.fn(async (_type: string, _params: object, _options: { signal: AbortSignal }) => ({
  build: '9.9.9',
  protocol: 7,
}));

function views(registration: object | undefined) {
  const closed = new AbortController();
  const tools = { link: { send }, library: {}, tabs: {}, follow: () => undefined, registration };
  const shown = viewTechniques(techniques, tools as never, closed.signal);
  const named = (name: string) => {
    const view = shown.find((technique) => technique.name === name);
    if (!view) throw new Error(`no technique is called ${name}`);
    return view;
  };
  return { shown, named, closed };
}

describe('the techniques', () => {
  it.each(techniques.map(({ name, code, technique }) => ({ name, code, technique })))(
    '$name shows the code that it runs',
    ({ code, technique }) => {
      expect(code).toMatch(/^async function run\(/);
      expect(code.endsWith('}')).toBe(true);
      expect(code).not.toContain('import ');
      expect(technique.docs).toMatch(/^[a-z-]+$/);
      expect(technique.explanation.split(/[.:] /).length).toBeLessThanOrEqual(3);
    },
  );

  it('run with the tools of the Inspector, and are ended with it', async () => {
    const { named, closed } = views({});
    const { signal } = new AbortController();
    await expect(named('request').run(signal)).resolves.toContain('Version 9.9.9, protocol 7');
    const options = send.mock.lastCall?.[2];
    expect(options?.signal.aborted).toBe(false);
    closed.abort();
    expect(options?.signal.aborted).toBe(true);
  });

  it('say what this browser lacks', () => {
    const { named } = views({ sync: {} });
    expect(named('sync').missing).toBeUndefined();
    expect(named('request').missing).toBeUndefined();
    expect(named('background-fetch').missing).toBe('This browser has no Background Fetch.');
    expect(named('periodic-sync').missing).toContain('Periodic Background Sync');
  });

  it('are all missing where there is no worker', async () => {
    const { shown } = views(undefined);
    expect(shown.every(({ missing }) => missing?.includes('no service worker'))).toBe(true);
  });
});
