import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AnswersByKey } from './answers-by-key.ts';

const MB = 1024 * 1024;

let now: number;
let runs: number;
let answers: AnswersByKey<{ text: string; isFinal: boolean }>;

beforeEach(() => {
  now = 0;
  runs = 0;
  answers = new AnswersByKey(() => now);
});

const run =
  (text = 'answer', isFinal = true) =>
  async () => {
    runs += 1;
    return { text: `${text} ${runs}`, isFinal };
  };

/** The text of the answer, or why there is none. */
async function once(asking: typeof asked, begin: ReturnType<typeof run>): Promise<string> {
  const answer = await answers.once(asking, begin);
  return typeof answer === 'string' ? answer : answer.text;
}

const asked = { client: '192.0.2.1', key: 'key', request: '{}' };

describe('an answer by key', () => {
  it('is the first one again', async () => {
    expect(await once(asked, run())).toBe('answer 1');
    expect(await once(asked, run())).toBe('answer 1');
  });

  it('is one run for those who ask together', async () => {
    const both = [once(asked, run()), once(asked, run())];
    expect(await Promise.all(both)).toEqual(['answer 1', 'answer 1']);
  });

  it('is nobody else’s', async () => {
    await once(asked, run());
    expect(await once({ ...asked, client: '192.0.2.2' }, run())).toBe('answer 2');
    expect(await once({ ...asked, key: 'another' }, run())).toBe('answer 3');
  });

  it('is refused to another request', async () => {
    await once(asked, run());
    expect(await once({ ...asked, request: '[]' }, run())).toBe('another-request');
  });

  it('is looked for anew where it was no final one, or there was none', async () => {
    expect(await once(asked, run('failed', false))).toBe('failed 1');
    const broken = once(asked, () => Promise.reject(new Error('broken')));
    await expect(broken).rejects.toThrow('broken');
    expect(await once(asked, run())).toBe('answer 2');
  });

  it('is forgotten after ten minutes, also by a clock that was set back', async () => {
    for (const later of [600_000, -1_000_000]) {
      await once(asked, run());
      now += later;
    }
    expect(await once(asked, run())).toBe('answer 3');
  });

  it('makes room for newer ones, oldest first', async () => {
    const large = 'x'.repeat(4 * MB - 600);
    for (let index = 0; index < 5; index += 1) {
      await once({ ...asked, client: `192.0.2.${index}` }, run(large));
    }
    const again = async (client: string) => (await once({ ...asked, client }, run())).slice(-2);
    expect(await again('192.0.2.4')).toBe(' 5');
    expect(await again('192.0.2.0')).toBe(' 6');
  });

  it('makes room among those of its own client first, also where each is small', async () => {
    const others = { ...asked, client: '192.0.2.2' };
    await once(others, run('other'));
    for (let index = 0; index < 10_000; index += 1) {
      await once({ ...asked, key: `key-${index}` }, run(''));
    }
    expect(await once(others, run('new'))).toBe('other 1');
    expect(await once({ ...asked, key: 'key-9999' }, run())).toBe(' 10001');
    expect(await once({ ...asked, key: 'key-0' }, run('new'))).toBe('new 10002');
  });

  it('is not begun while the client has too many under way', async () => {
    let end: (answer: { text: string; isFinal: boolean }) => void = () => undefined;
    const held = new Promise<{ text: string; isFinal: boolean }>((resolve) => {
      end = resolve;
    });
    let begun = 0;
    const many = Array.from({ length: 16 }, (_, index) =>
      once({ ...asked, key: `key-${index}` }, () => {
        begun += 1;
        return held;
      }),
    );
    await vi.waitFor(() => expect(begun).toBe(16));
    expect(await once(asked, run())).toBe('too-many');
    expect(await once({ ...asked, client: '192.0.2.2' }, run())).toBe('answer 1');
    end({ text: 'held', isFinal: false });
    await Promise.all(many);
    expect(await once(asked, run())).toBe('answer 2');
  });
});
