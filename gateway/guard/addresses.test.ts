import { describe, expect, it } from 'vitest';
import { type AddressPolicy, hostAndPort, isAllowedUrl, isPublicIp } from './addresses.ts';

const policy: AddressPolicy = {
  allowAddresses: ['localhost:4400', '127.0.0.1:4401', '[::1]:4402', 'podcasts.internal:80'],
  ownHosts: ['stowaway.example'],
};

/** Every spelling of places that are nobody's business. */
const REFUSED = [
  // Loopback, in all the ways IPv4 can be written.
  'http://127.0.0.1/',
  'http://127.0.0.1:8080/',
  'http://127.1/',
  'http://127.0.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://0x7f.1/',
  'http://127.0.0.1./',
  'http://127.255.255.254/',
  'http://①②⑦.⓪.⓪.①/',
  'http://127。0。0。1/',
  'http://%31%32%37.0.0.1/',
  'http://0/',
  'http://0.0.0.0/',
  'http://0.1.2.3/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::]/',
  // Private networks.
  'http://10.0.0.1/',
  'http://10.255.255.255/',
  'http://0xa000001/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.1.1/',
  'http://3232235777/',
  'http://[fc00::1]/',
  'http://[fd12:3456:789a::1]/',
  'http://[fec0::1]/',
  // Link-local, metadata, carrier NAT.
  'http://169.254.169.254/latest/meta-data/',
  'http://0xa9fea9fe/',
  'http://[fe80::1]/',
  'http://[fd00:ec2::254]/',
  'http://168.63.129.16/',
  'http://100.64.0.1/',
  'http://100.100.100.200/',
  'http://192.0.0.192/',
  // An IPv4 address inside an IPv6 one.
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:8.8.8.8]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::127.0.0.1]/',
  'http://[64:ff9b::8.8.8.8]/',
  'http://[64:ff9b:1::a00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2002:808:808::1]/',
  'http://[2001:0:7f00:1::]/',
  'http://[2001:0000:4136:e378:8000:63bf:3fff:fdd2]/',
  'http://[2600::5efe:7f00:1]/',
  // Multicast, broadcast, reserved, benchmark, documentation.
  'http://224.0.0.1/',
  'http://239.255.255.250/',
  'http://[ff02::1]/',
  'http://255.255.255.255/',
  'http://240.0.0.1/',
  'http://198.18.0.1/',
  'http://192.0.2.1/',
  'http://198.51.100.1/',
  'http://203.0.113.1/',
  'http://192.88.99.1/',
  'http://[2001:db8::1]/',
  'http://[3fff::1]/',
  'http://[2001:2::1]/',
  'http://[100::1]/',
  'http://[5f00::1]/',
  'http://[4000::1]/',
  // Names.
  'http://localhost/feed',
  'http://LOCALHOST:3000/',
  'http://localhost./',
  'http://localhost../',
  'http://feeds.localhost/',
  'http://loc%61lhost:5000/',
  'http://printer.local/',
  'http://metadata.google.internal/',
  'http://intranet/',
  'http://router.lan/',
  'http://box.home.arpa/',
  'http://localhost.localdomain/',
  'http://example.com./',
  'http://a..example.com/',
  // Ourselves, user information, schemes, ports.
  'https://stowaway.example/api/feeds',
  'http://stowaway.example:8080/',
  'https://user@example.com/',
  'https://user:secret@example.com/',
  'https://example.com@127.0.0.1/',
  'http://user@localhost:4400/',
  'ftp://example.com/feed.xml',
  'file:///etc/passwd',
  'gopher://example.com/',
  'data:text/xml,<rss/>',
  'ws://localhost:4400/',
  'http://example.com:22/',
  'http://example.com:25/',
  'http://example.com:1/',
  'http://example.com:6379/',
  'http://example.com:2375/',
  // Next to an exception, but not it.
  'http://localhost:4401/',
  'https://podcasts.internal/',
  'http://127.0.0.1:4400/',
  'http://127.0.0.2:4401/',
  'http://localhost.:4400/',
];

const ALLOWED = [
  'https://example.com/feed.xml',
  'http://example.com/feed.xml',
  'https://example.com:8443/feed.xml',
  'http://example.com:8000/stream',
  'https://xn--bcher-kva.example/feed',
  'https://bücher.example/feed',
  'https://8.8.8.8/',
  'https://[2606:4700::1111]/',
  'https://172.32.0.1/',
  'https://100.128.0.1/',
  'https://localhost.example.com/',
  'https://notlocalhost.example/',
  // The exceptions, exactly.
  'http://localhost:4400/feed.xml',
  'https://localhost:4400/feed.xml',
  'http://127.0.0.1:4401/',
  'http://127.1:4401/',
  'http://[::1]:4402/',
  'http://podcasts.internal/',
];

describe('isAllowedUrl', () => {
  it.each(REFUSED)('refuses %s', (url) => {
    expect(isAllowedUrl(new URL(url), policy)).toBe(false);
  });

  it.each(ALLOWED)('allows %s', (url) => {
    expect(isAllowedUrl(new URL(url), policy)).toBe(true);
  });
});

describe('isPublicIp', () => {
  it.each(['', 'example.com', '127.0.0.1', '::1', '::ffff:1.1.1.1', 'fe80::1%eth0', '10.1'])(
    'takes %s for no public address',
    (address) => expect(isPublicIp(address)).toBe(false),
  );

  it.each(['1.1.1.1', '2606:4700::1111'])('takes %s for one', (address) => {
    expect(isPublicIp(address)).toBe(true);
  });
});

describe('hostAndPort', () => {
  it.each([
    ['http://example.com', 'example.com:80'],
    ['https://example.com', 'example.com:443'],
    ['https://example.com:8443', 'example.com:8443'],
    ['http://[::1]:3000', '[::1]:3000'],
  ])('writes the port of %s out', (url, expected) => {
    expect(hostAndPort(new URL(url))).toBe(expected);
  });
});
