/** What the headers depend on: a part of `GatewayConfig`. */
export interface HeaderOptions {
  /** `host:port` of development servers, which a page may talk to although they lack https. */
  allowAddresses: readonly string[];
  https: boolean;
  /** Pages reach other hosts through the gateway alone. */
  gatewayOnly?: boolean;
}

/** The names that lit-html and DOMPurify register, and ours, which admits the workers' addresses. */
const TRUSTED_TYPES_POLICIES = 'lit-html dompurify stowaway-worker';

/** The one address of the service worker, for ever. */
export const WORKER_SCRIPT_PATH = '/sw.js';

const UNUSED_FEATURES = [
  'accelerometer',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

/** For everything that is served. */
export function baseHeaders({ https }: HeaderOptions): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...(https && { 'Strict-Transport-Security': 'max-age=63072000' }),
  };
}

/** For HTML pages of the app. */
export function documentHeaders(options: HeaderOptions): Record<string, string> {
  return {
    ...baseHeaders(options),
    'Content-Security-Policy': policy(documentDirectives(options)),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
  };
}

/**
 * For pages in `vite dev`, which writes scripts and styles into them and talks to them by
 * WebSocket. Without Trusted Types, so what they would forbid shows in the built app first.
 */
export function developmentHeaders(options: HeaderOptions): Record<string, string> {
  const directives = documentDirectives(options);
  directives['script-src'] = `'self' 'unsafe-inline'`;
  directives['style-src'] = `'self' 'unsafe-inline'`;
  directives['connect-src'] += ' ws:';
  delete directives['require-trusted-types-for'];
  delete directives['trusted-types'];
  return { ...documentHeaders(options), 'Content-Security-Policy': policy(directives) };
}

/** For the service worker's script: a worker's policy comes with its own script, not the page. */
export function workerScriptHeaders(options: HeaderOptions): Record<string, string> {
  const { 'connect-src': connect = '' } = documentDirectives(options);
  return {
    ...baseHeaders(options),
    'Content-Security-Policy': policy({
      'default-src': `'none'`,
      'script-src': `'self'`,
      'connect-src': connect,
    }),
  };
}

/** For what the gateway answers: data, never a page of ours, whoever wrote it. */
export function apiHeaders(options: HeaderOptions): Record<string, string> {
  return {
    ...baseHeaders(options),
    'Content-Security-Policy': `default-src 'none'; sandbox`,
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}

/** Whether a browser wants to make a service worker of something that is not our worker. */
export function isForeignWorkerScript(request: Request): boolean {
  const isWorkerScript = request.headers.get('service-worker') === 'script';
  return isWorkerScript && new URL(request.url).pathname !== WORKER_SCRIPT_PATH;
}

function documentDirectives(options: HeaderOptions): Record<string, string> {
  const hosts = options.gatewayOnly ? [] : ['https:'];
  const sockets = options.gatewayOnly ? [] : ['wss:'];
  for (const address of options.gatewayOnly ? [] : options.allowAddresses) {
    hosts.push(`http://${address}`);
    sockets.push(`ws://${address}`);
  }
  return {
    'default-src': `'none'`,
    'script-src': `'self'`,
    'style-src': `'self'`,
    'img-src': [`'self'`, 'blob:', ...hosts].join(' '),
    'media-src': [`'self'`, 'blob:', ...hosts].join(' '),
    'font-src': `'self'`,
    // `'self'` is the WebSocket of live updates as well: `ws:` to an http origin's own host and
    // port, `wss:` to an https one's (https://w3c.github.io/webappsec-csp/#match-url-to-source-expression).
    'connect-src': [`'self'`, ...hosts, ...sockets].join(' '),
    'worker-src': `'self'`,
    'manifest-src': `'self'`,
    'base-uri': `'none'`,
    'form-action': `'self'`,
    'frame-ancestors': `'none'`,
    'require-trusted-types-for': `'script'`,
    'trusted-types': TRUSTED_TYPES_POLICIES,
  };
}

function policy(directives: Record<string, string>): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
