import { describe, expect, it } from 'vitest';
import { readSettings, SettingError } from './settings.ts';

describe('settings', () => {
  it('have defaults that are safe', () => {
    expect(readSettings({ PORT: '', GATEWAY_SECRET: '' })).toMatchObject({
      port: 4173,
      host: undefined,
      secret: undefined,
      dataFolder: '.gateway',
      trustProxy: false,
      config: {
        allowAddresses: [],
        ownHosts: [],
        https: false,
        gatewayOnly: false,
        origin: undefined,
        poll: { minMs: 300_000, maxMs: 86_400_000 },
        search: { podcastIndexKey: undefined },
      },
    });
  });

  it('say who we are to the outside', () => {
    const { config } = readSettings({ GATEWAY_ORIGIN: 'https://Podcasts.example' });
    expect(config).toMatchObject({
      ownHosts: ['podcasts.example'],
      https: true,
      origin: 'https://podcasts.example',
    });
  });

  it('say how often a feed is asked for', () => {
    const { config } = readSettings({ GATEWAY_POLL_MIN_S: '0.2', GATEWAY_POLL_MAX_S: '60' });
    expect(config.poll).toEqual({ minMs: 200, maxMs: 60_000 });
  });

  it('say which directory is searched', () => {
    const { search } = readSettings({
      PODCASTINDEX_KEY: 'key',
      PODCASTINDEX_SECRET: 'secret',
      GATEWAY_ITUNES_URL: 'http://127.0.0.1:4400',
    }).config;
    expect(search.podcastIndexKey).toEqual({ key: 'key', secret: 'secret' });
    expect(search.itunesUrl.href).toBe('http://127.0.0.1:4400/');
    expect(readSettings({}).config.search.itunesUrl.href).toBe('https://itunes.apple.com/');
  });

  it('write exceptions as the guard compares them', () => {
    const text = ' localhost:4400, 127.1:8080 ,[0:0::1]:80,, LOCALHOST:1';
    expect(readSettings({ GATEWAY_ALLOW_ADDRESSES: text }).config.allowAddresses).toEqual([
      'localhost:4400',
      '127.0.0.1:8080',
      '[::1]:80',
      'localhost:1',
    ]);
  });

  it.each([
    { PORT: 'http' },
    { PORT: '70000' },
    { PORT: '-1' },
    { GATEWAY_SECRET: 'too short' },
    { GATEWAY_ORIGIN: 'example.com' },
    { GATEWAY_ORIGIN: 'ftp://example.com' },
    { GATEWAY_POLL_MIN_S: 'often' },
    { GATEWAY_POLL_MIN_S: '0' },
    { GATEWAY_POLL_MIN_S: '-1' },
    { GATEWAY_POLL_MAX_S: '100000' },
    { GATEWAY_POLL_MIN_S: '60', GATEWAY_POLL_MAX_S: '30' },
    { GATEWAY_ITUNES_URL: 'itunes' },
    { GATEWAY_ITUNES_URL: 'file:///etc/passwd' },
    { PODCASTINDEX_KEY: 'alone' },
    { PODCASTINDEX_SECRET: 'alone' },
    { GATEWAY_ALLOW_ADDRESSES: 'localhost' },
    { GATEWAY_ALLOW_ADDRESSES: 'http://localhost:4400' },
    { GATEWAY_ALLOW_ADDRESSES: 'user@localhost:4400' },
    { GATEWAY_ALLOW_ADDRESSES: 'localhost:4400; script-src *' },
    { GATEWAY_ALLOW_ADDRESSES: 'localhost:99999' },
  ])('refuse %j', (env) => {
    expect(() => readSettings(env)).toThrow(SettingError);
  });
});
