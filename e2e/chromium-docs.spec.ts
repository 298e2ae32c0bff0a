import { readFileSync } from 'node:fs';
import { expect, test } from './support/test.ts';

const text = readFileSync(new URL('../docs/messages.md', import.meta.url), 'utf8');

test('every example of docs/messages.md runs as it stands, pasted into the console', async ({
  app,
}) => {
  const examples = [...text.matchAll(/^## (.+?)$|^```js\n(.*?)^```$/gms)];
  await app.worksOffline();
  const console = await app.page.context().newCDPSession(app.page);
  let section = '';
  let pasted = 0;
  for (const [, heading, code] of examples) {
    section = heading ?? section;
    if (!code) continue;
    // What the console does: `await` at the top, names that may be declared again.
    const { result, exceptionDetails } = await console.send('Runtime.evaluate', {
      expression: code,
      replMode: true,
      awaitPromise: true,
      userGesture: true,
    });
    expect(exceptionDetails, section).toBeUndefined();
    expect(result.type, section).not.toBe('undefined');
    pasted += 1;
  }
  expect(pasted).toBe(14);
});
