import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { parseRange } from './byte-range.ts';
import {
  baseHeaders,
  documentHeaders,
  type HeaderOptions,
  WORKER_SCRIPT_PATH,
  workerScriptHeaders,
} from './headers.ts';
import { type Encoding, type StaticFile, StaticFiles } from './static-file.ts';

/** Where a page of the app never is: what is not found there is 404, and not index.html. */
const NO_PAGES = [
  '/api',
  '/media',
  '/artwork',
  '/sample',
  '/healthz',
  '/assets',
  WORKER_SCRIPT_PATH,
];

/** Vite names these after their content. */
const HASHED = '/assets/';

/**
 * Serves the built app from a folder. Any address that is no file and may be a page gets
 * index.html, whatever Sec-Fetch-Mode says: a Background Fetch calls itself a navigation.
 */
export function createStaticSite(
  root: string,
  options: HeaderOptions,
): (request: Request) => Promise<Response> {
  const files = new StaticFiles(root);
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return plain(405, 'Only GET and HEAD', { Allow: 'GET, HEAD' });
    }
    const mayBePage = !NO_PAGES.some(
      (path) => pathname === path || pathname.startsWith(`${path}/`),
    );
    const file = (await files.find(pathname)) ?? (mayBePage && (await files.find('/index.html')));
    if (!file) return plain(404, 'Not found');
    return serve(request, file, pathname);
  };

  async function serve(request: Request, file: StaticFile, pathname: string): Promise<Response> {
    const range = request.method === 'GET' ? rangeOf(request, file) : undefined;
    const encoding = range === undefined ? encodingFor(request, file) : undefined;
    const body = encoding && (await files.pack(file, encoding));
    const headers = new Headers({
      ...headersFor(file, pathname),
      'Content-Type': file.contentType,
      'Cache-Control': pathname.startsWith(HASHED)
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
      'Accept-Ranges': 'bytes',
      ETag: etagOf(file, encoding),
    });
    if (file.isCompressible) headers.set('Vary', 'Accept-Encoding');
    if (encoding) headers.set('Content-Encoding', encoding);
    if (isKnown(request, etagOf(file, encoding)))
      return new Response(null, { status: 304, headers });
    if (range === 'unsatisfiable') {
      headers.set('Content-Range', `bytes */${file.sizeBytes}`);
      return new Response(null, { status: 416, headers });
    }
    const { start, end } = range ?? { start: 0, end: file.sizeBytes - 1 };
    headers.set('Content-Length', String(body?.byteLength ?? end - start + 1));
    if (range) headers.set('Content-Range', `bytes ${start}-${end}/${file.sizeBytes}`);
    const status = range ? 206 : 200;
    if (request.method === 'HEAD') return new Response(null, { status, headers });
    return new Response(body ?? read(file, start, end), { status, headers });
  }

  function headersFor(file: StaticFile, pathname: string): Record<string, string> {
    if (file.contentType.startsWith('text/html')) return documentHeaders(options);
    return pathname === WORKER_SCRIPT_PATH ? workerScriptHeaders(options) : baseHeaders(options);
  }

  function plain(status: number, text: string, headers: Record<string, string> = {}): Response {
    const cache = { 'Cache-Control': 'no-store' };
    return new Response(text, {
      status,
      headers: { ...baseHeaders(options), ...cache, ...headers },
    });
  }
}

/** The range to answer with, unless If-Range says that the client holds another version. */
function rangeOf(request: Request, file: StaticFile) {
  const range = request.headers.get('range');
  const ifRange = request.headers.get('if-range');
  if (range === null || (ifRange !== null && ifRange !== etagOf(file))) return undefined;
  return parseRange(range, file.sizeBytes);
}

function encodingFor(request: Request, file: StaticFile): Encoding | undefined {
  const accepted = request.headers.get('accept-encoding') ?? '';
  const accepts = (name: string) =>
    new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted);
  if (!file.isCompressible) return undefined;
  return (['br', 'gzip'] as const).find(accepts);
}

/** Strong, so each form of the bytes has its own. */
function etagOf(file: StaticFile, encoding?: Encoding): string {
  return `"${file.digest}${encoding ? `-${encoding}` : ''}"`;
}

function isKnown(request: Request, etag: string): boolean {
  const known = request.headers.get('if-none-match');
  if (known === null) return false;
  return (
    known.trim() === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
  );
}

function read(file: StaticFile, start: number, end: number): ReadableStream<Uint8Array> | null {
  if (file.sizeBytes === 0) return null;
  return Readable.toWeb(createReadStream(file.path, { start, end }));
}
