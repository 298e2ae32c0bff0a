import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip';

/** A file of the built app, as it was when it was looked at. */
export interface StaticFile {
  path: string;
  sizeBytes: number;
  contentType: string;
  /** Of its content, without quotes: the same bytes keep their validator through every build. */
  digest: string;
  isCompressible: boolean;
}

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.xml': 'application/rss+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.vtt': 'text/vtt; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
};

const COMPRESSIBLE = /^(text\/|application\/(json|manifest|rss)|image\/svg)/;
/** Below this, the packed form saves nothing worth a header. */
const MIN_COMPRESSIBLE_BYTES = 1024;

/** Finds files below a folder, and keeps what it learned of each while the file stays the same. */
export class StaticFiles {
  private readonly root: string;
  private readonly digests = new Map<string, Promise<string>>();
  private readonly packed = new Map<string, Promise<Uint8Array>>();

  constructor(root: string) {
    this.root = root;
  }

  /**
   * The file at a path that came from outside, or `undefined`. What `..`, encodings or symbolic
   * links lead to is judged by the real path in the end: it lies below the root, or it is not here.
   */
  async find(pathname: string): Promise<StaticFile | undefined> {
    try {
      const root = await realpath(this.root);
      const path = await realpath(join(root, decodeURIComponent(pathname)));
      const entry = await stat(path);
      if (!path.startsWith(root + sep) || !entry.isFile()) return undefined;
      const { size: sizeBytes, mtimeMs } = entry;
      const contentType = CONTENT_TYPES[extname(path)] ?? 'application/octet-stream';
      const digest = await remember(this.digests, `${path} ${sizeBytes} ${mtimeMs}`, () =>
        digestOf(path),
      );
      const isCompressible = COMPRESSIBLE.test(contentType) && sizeBytes >= MIN_COMPRESSIBLE_BYTES;
      return { path, sizeBytes, contentType, digest, isCompressible };
    } catch {
      return undefined;
    }
  }

  /** The packed form of a file, made when first asked for and kept in memory. */
  pack(file: StaticFile, encoding: Encoding): Promise<Uint8Array> {
    return remember(this.packed, `${file.path} ${file.digest} ${encoding}`, async () => {
      const bytes = await readFile(file.path);
      if (encoding === 'gzip') return promisify(gzip)(bytes);
      return promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
    });
  }
}

function remember<T>(
  memory: Map<string, Promise<T>>,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  const known = memory.get(key) ?? make();
  memory.set(key, known);
  // A failure is not worth remembering.
  known.catch(() => memory.delete(key));
  return known;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('base64url').slice(0, 22);
}
