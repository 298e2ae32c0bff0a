import { describe, expect, it } from 'vitest';
import {
  developmentHeaders,
  documentHeaders,
  isForeignWorkerScript,
  workerScriptHeaders,
} from './headers.ts';

const options = { allowAddresses: [], https: false };
const csp = (headers: Record<string, string>) => headers['Content-Security-Policy'];

describe('headers', () => {
  it('of documents are strict', () => {
    expect(csp(documentHeaders(options))).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: https:; " +
        "media-src 'self' blob: https:; font-src 'self'; connect-src 'self' https: wss:; " +
        "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; " +
        "frame-ancestors 'none'; require-trusted-types-for 'script'; " +
        'trusted-types lit-html dompurify stowaway-worker',
    );
    expect(documentHeaders(options)).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Permissions-Policy': expect.stringContaining('camera=()'),
    });
  });

  it('ask for https only where there is some', () => {
    const name = 'Strict-Transport-Security';
    expect(documentHeaders(options)).not.toHaveProperty(name);
    expect(documentHeaders({ ...options, https: true })).toHaveProperty(name);
  });

  it('let pages talk to the exceptions', () => {
    const policy = csp(documentHeaders({ ...options, allowAddresses: ['localhost:4400'] }));
    expect(policy).toContain(
      "connect-src 'self' https: http://localhost:4400 wss: ws://localhost:4400;",
    );
    expect(policy).toContain("img-src 'self' blob: https: http://localhost:4400;");
    expect(policy).toContain("media-src 'self' blob: https: http://localhost:4400;");
  });

  it('close other hosts off where the gateway is the only way', () => {
    const allowAddresses = ['localhost:4400'];
    const policy = csp(documentHeaders({ ...options, allowAddresses, gatewayOnly: true }));
    expect(policy).not.toMatch(/https:|wss:|localhost/);
    expect(policy).toContain("connect-src 'self';");
  });

  it('of the worker let it fetch, and nothing else', () => {
    expect(csp(workerScriptHeaders({ ...options, allowAddresses: ['localhost:4400'] }))).toBe(
      "default-src 'none'; script-src 'self'; " +
        "connect-src 'self' https: http://localhost:4400 wss: ws://localhost:4400",
    );
    expect(workerScriptHeaders(options)).not.toHaveProperty('Service-Worker-Allowed');
  });

  it('in development allow what Vite writes into pages', () => {
    const policy = csp(developmentHeaders(options));
    expect(policy).toContain("script-src 'self' 'unsafe-inline'");
    expect(policy).not.toContain('trusted-types');
  });

  it.each([
    ['/sw.js', 'script', false],
    ['/sw.js?x', 'script', false],
    ['/index.html', null, false],
    ['/other.js', 'script', true],
    ['/sample/sw.js', 'script', true],
    ['/sw.js/x', 'script', true],
  ])('know whether %s may become a service worker', (path, serviceWorker, isForeign) => {
    const headers = new Headers(serviceWorker === null ? [] : [['service-worker', serviceWorker]]);
    const request = new Request(`http://localhost${path}`, { headers });
    expect(isForeignWorkerScript(request)).toBe(isForeign);
  });
});
