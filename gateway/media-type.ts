import type { RelayKind } from './guard/tokens.ts';

/** What is known of relayed bytes before they are passed on. */
export interface MediaEvidence {
  /** The origin's Content-Type. */
  declared: string | undefined;
  /** Where the bytes came from: its ending is a hint. */
  url: URL;
  /** The first bytes of the file; `undefined` where they are not at hand (HEAD, a later range). */
  firstBytes: Uint8Array | undefined;
}

/** How many bytes are enough to tell what a file is. Fewer may be letters in good audio (`ID3`). */
export const SNIFF_BYTES = 64;

const AUDIO_TYPES: Record<string, string> = {
  'audio/mpeg': 'audio/mpeg',
  'audio/mp3': 'audio/mpeg',
  'audio/x-mp3': 'audio/mpeg',
  'audio/mpeg3': 'audio/mpeg',
  'audio/x-mpeg': 'audio/mpeg',
  'audio/mp4': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/aac': 'audio/aac',
  'audio/x-aac': 'audio/aac',
  'audio/aacp': 'audio/aac',
  'audio/ogg': 'audio/ogg',
  'audio/opus': 'audio/ogg',
  'audio/vorbis': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'audio/flac': 'audio/flac',
  'audio/x-flac': 'audio/flac',
  'audio/wav': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/webm': 'audio/webm',
  'video/mp4': 'video/mp4',
  'video/x-m4v': 'video/mp4',
  'video/webm': 'video/webm',
  'video/ogg': 'video/ogg',
};

const AUDIO_ENDINGS: Record<string, string> = {
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  m4b: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  flac: 'audio/flac',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
};

const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'];

const TRANSCRIPT_TYPES: Record<string, string> = {
  'text/vtt': 'text/vtt',
  'application/json': 'application/json',
  'application/srt': 'application/x-subrip',
  'application/x-subrip': 'application/x-subrip',
};

/**
 * The type under which bytes are passed on, out of a closed list, or `undefined` when they must
 * not be. Nothing on the list can run in our origin: no HTML, no SVG, no script.
 */
export function relayedType(kind: RelayKind, evidence: MediaEvidence): string | undefined {
  switch (kind) {
    case 'audio':
      return audioType(evidence);
    case 'image':
      return imageType(evidence);
    case 'chapters':
      return chaptersType(evidence);
    case 'transcript':
      return transcriptType(evidence);
  }
}

/**
 * Hosts name audio in many ways, and some bytes of good audio look like nothing: what is declared
 * as audio, or as just bytes, passes unless it begins as text does (a login page, an error page).
 */
function audioType({ declared, url, firstBytes }: MediaEvidence): string | undefined {
  const type = essence(declared);
  const known = AUDIO_TYPES[type];
  const isBytes = ['', 'application/octet-stream', 'binary/octet-stream'].includes(type);
  if (known === undefined && !isBytes && !/^(audio|video)\//.test(type)) return undefined;
  if (firstBytes !== undefined && looksLikeText(firstBytes)) return undefined;
  return known ?? AUDIO_ENDINGS[ending(url)] ?? 'application/octet-stream';
}

/** Pictures say what they are in their first bytes; what the host calls them does not matter. */
function imageType({ declared, firstBytes }: MediaEvidence): string | undefined {
  if (firstBytes === undefined) return IMAGE_TYPES.find((type) => type === essence(declared));
  const head = String.fromCharCode(...firstBytes.subarray(0, 12));
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (/^GIF8[79]a/.test(head)) return 'image/gif';
  if (/^RIFF.{4}WEBP/s.test(head)) return 'image/webp';
  if (/^.{4}ftypavi[fs]/s.test(head)) return 'image/avif';
  return undefined;
}

/** JSON Chapters, whatever they are declared as: an object, or nothing. */
function chaptersType({ firstBytes }: MediaEvidence): string | undefined {
  const isObject = firstBytes === undefined || /^\s*\{/.test(asText(firstBytes));
  return isObject ? 'application/json' : undefined;
}

/** HTML is among the transcript formats; as plain text it is only something to read. */
function transcriptType({ declared, url, firstBytes }: MediaEvidence): string | undefined {
  if (firstBytes?.includes(0)) return undefined;
  const known =
    TRANSCRIPT_TYPES[essence(declared)] ?? (ending(url) === 'vtt' ? 'text/vtt' : 'text/plain');
  if (known === 'application/json') return known;
  const charset =
    /;\s*charset="?([\w-]{1,20})/i.exec(declared ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
  return `${known}; charset=${charset}`;
}

function looksLikeText(firstBytes: Uint8Array): boolean {
  // Noise begins with `<a` one time in a thousand; with a whole line of letters it never does.
  if (/^\s*<[a-z!?/]/i.test(asText(firstBytes)))
    return isPlain(firstBytes.subarray(0, 16)) || isUtf16(firstBytes);
  return firstBytes.length >= SNIFF_BYTES && isPlain(firstBytes);
}

/** Whether bytes are UTF-8 without control characters, but for white space and escape. */
function isPlain(bytes: Uint8Array): boolean {
  const isControl = (byte: number) =>
    byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b;
  return isUtf8(bytes) && !bytes.some(isControl);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // Streaming, because the last character may be cut in two.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** As far as it can be read, in UTF-8 or, where its first bytes say so, UTF-16. */
function asText(bytes: Uint8Array): string {
  const encoding = isUtf16(bytes) ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function essence(contentType: string | undefined): string {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function ending(url: URL): string {
  return /\.([a-z0-9]{2,5})$/i.exec(url.pathname)?.[1]?.toLowerCase() ?? '';
}
