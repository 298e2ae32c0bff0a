import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';
import { feedXml, type Origin, startOrigin } from '../testing/origin.ts';
import { AddressRefusedError } from './addresses.ts';
import { guardedConnector, type Lookup } from './connect.ts';

/** Public by its number, and given to nobody: a connection there goes nowhere. */
const NOWHERE = '2d00::1';

let secret: Origin;
let gateway: GatewayUnderTest;
/** What names resolve to, one list per question; the last one stays. */
let answers: Record<string, string[][]>;
let questions: string[];

/** Node overloads `dns.lookup`; the guard only ever asks for all addresses. */
const lookup = ((hostname: string, _options: unknown, callback: (...args: unknown[]) => void) => {
  questions.push(hostname);
  const list = answers[hostname];
  const addresses = list && list.length > 1 ? list.shift() : list?.[0];
  if (!addresses) return callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }));
  const family = (address: string) => (address.includes(':') ? 6 : 4);
  callback(
    null,
    addresses.map((address) => ({ address, family: family(address) })),
  );
}) as unknown as Lookup;

beforeEach(async () => {
  answers = {};
  questions = [];
  secret = await startOrigin((_, response) => response.end(feedXml(['https://a.example/1.mp3'])));
  const port = secret.address.split(':')[1];
  gateway = await startGateway({
    allowAddresses: [`exempt.example:${port}`],
    lookup,
    limits: { feedTimeoutMs: 1000 },
  });
});

afterEach(async () => {
  await gateway.close();
  await secret.close();
});

async function subscribe(hostname: string) {
  const url = `http://${hostname}:${secret.address.split(':')[1]}/feed.xml`;
  const response = await gateway.post('/api/feeds', { feeds: [{ url }] });
  return (await response.json()).results[0];
}

describe('the guard, when it connects', () => {
  it.each([
    ['loopback', ['127.0.0.1']],
    ['a private address', ['192.168.0.7']],
    ['metadata', ['169.254.169.254']],
    ['a mapped address', ['::ffff:127.0.0.1']],
    ['a public and a private address', ['93.184.215.14', '127.0.0.1']],
    ['a private and a public address', ['127.0.0.1', '93.184.215.14']],
    ['public and private addresses of both families', ['93.184.215.14', NOWHERE, '::1']],
    ['no address', []],
  ])('refuses a name that leads to %s', async (_, addresses) => {
    answers['podcasts.example.org'] = [addresses];
    expect(await subscribe('podcasts.example.org')).toEqual({
      status: 'failed',
      failure: { code: 'address-refused' },
    });
    expect(secret.requests).toHaveLength(0);
  });

  it('goes where it looked: an answer that changes is never asked for again', async () => {
    answers['rebind.example.org'] = [[NOWHERE], ['127.0.0.1']];
    const result = await subscribe('rebind.example.org');
    expect(result.failure.code).toMatch(/^feed-(unreachable|timeout)$/);
    expect(questions).toEqual(['rebind.example.org']);
    expect(secret.requests).toHaveLength(0);
  });

  it('looks again at every connection', async () => {
    answers['rebind.example.org'] = [[NOWHERE], ['127.0.0.1']];
    await subscribe('rebind.example.org');
    const second = await subscribe('rebind.example.org');
    expect(second.failure).toEqual({ code: 'address-refused' });
    expect(secret.requests).toHaveLength(0);
  });

  it('calls a name that does not exist unreachable', async () => {
    expect((await subscribe('nowhere.example.org')).failure).toEqual({ code: 'feed-unreachable' });
  });

  it('lets an exception through, by its name and port alone', async () => {
    answers['exempt.example'] = [['127.0.0.1']];
    expect((await subscribe('exempt.example')).status).toBe('fetched');
    answers['other.example'] = [['127.0.0.1']];
    expect((await subscribe('other.example')).failure).toEqual({ code: 'address-refused' });
  });

  it.each(['127.0.0.1', '::1', 'localhost'])('refuses %s by itself', async (hostname) => {
    const connect = guardedConnector({ allowAddresses: [], connectTimeoutMs: 1000, lookup });
    const error = await new Promise((resolve) => {
      connect({ hostname, protocol: 'http:', port: '4173' }, (...[problem]) => resolve(problem));
    });
    expect(error).toBeInstanceOf(AddressRefusedError);
    expect(questions).toEqual([]);
  });
});
