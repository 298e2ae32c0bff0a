import { ContextProvider, createContext } from '@lit/context';
import { LitElement } from 'lit';
import { expect, it } from 'vitest';
import { Live } from './live.ts';
import { LiveRows } from './live-rows.ts';

class Shelf extends EventTarget {
  readonly asked: string[] = [];
  private readonly answers: ((rows: string | Error) => void)[] = [];

  read(word: string): Promise<string> {
    this.asked.push(word);
    return new Promise((resolve, reject) => {
      this.answers.push((rows) => (rows instanceof Error ? reject(rows) : resolve(rows)));
    });
  }

  async answer(rows: string | Error): Promise<void> {
    this.answers.shift()?.(rows);
    // The controller goes on in microtasks; a task comes after all of them.
    await new Promise((resolve) => setTimeout(resolve));
  }

  changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

const shelfContext = createContext<Shelf>(Symbol('shelf'));

class Reader extends LitElement {
  word = 'one';
  readonly shelf = new Live(this, shelfContext);
  readonly rows = new LiveRows(this, {
    live: this.shelf,
    args: () => [this.word],
    read: (shelf, word) => shelf.read(word),
  });
}
customElements.define('test-reader', Reader);

async function aReader() {
  const shelf = new Shelf();
  const scope = document.createElement('div');
  new ContextProvider(scope, { context: shelfContext, initialValue: shelf });
  document.body.replaceChildren(scope);
  const reader = new Reader();
  scope.append(reader);
  await reader.updateComplete;
  return { shelf, reader, rows: reader.rows };
}

it('reads once, and again when its arguments change', async () => {
  const { shelf, reader, rows } = await aReader();
  expect(rows.loading).toBe(true);
  await shelf.answer('first');
  expect(rows).toMatchObject({ rows: 'first', loading: false });
  reader.requestUpdate();
  await reader.updateComplete;
  expect(shelf.asked).toEqual(['one']);
  reader.word = 'two';
  reader.requestUpdate();
  await reader.updateComplete;
  expect(shelf.asked).toEqual(['one', 'two']);
  expect(rows.rows).toBe('first');
});

it('answers any number of changes during a reading with one more reading', async () => {
  const { shelf, rows } = await aReader();
  for (let times = 0; times < 10; times += 1) shelf.changed();
  expect(shelf.asked).toHaveLength(1);
  await shelf.answer('old');
  expect(shelf.asked).toHaveLength(2);
  await shelf.answer('new');
  expect(rows).toMatchObject({ rows: 'new', loading: false });
});

it('keeps its rows when a reading fails, and recovers', async () => {
  const { shelf, rows } = await aReader();
  await shelf.answer('first');
  shelf.changed();
  const failure = new Error('gone');
  await shelf.answer(failure);
  expect(rows).toMatchObject({ rows: 'first', error: failure, loading: false });
  rows.read();
  await shelf.answer('second');
  expect(rows).toMatchObject({ rows: 'second', error: undefined });
});

it('hears nothing once it is out of the document, and looks again when it is back', async () => {
  const { shelf, reader } = await aReader();
  await shelf.answer('first');
  const scope = reader.parentElement;
  reader.remove();
  shelf.changed();
  expect(shelf.asked).toHaveLength(1);
  scope?.append(reader);
  expect(shelf.asked).toHaveLength(2);
});
