import { createCipheriv, createHash } from 'node:crypto';

/** The bytes of one answer, made when they are read, so that hundreds of megabytes cost nothing. */
export interface Body {
  contentType: string;
  sizeBytes: number;
  /** Names the content: equal exactly for equal bytes. The strong ETag is made of it. */
  tag: string;
  read(offsetBytes: number, lengthBytes: number): Buffer;
}

/**
 * Noise in the shape of an MP3: no browser plays it, and no two parts of it are alike, so a digest
 * shows every byte out of place. The same seed gives the same bytes.
 */
export function noise(options: { sizeBytes: number; seed: number }): Body {
  const { sizeBytes, seed } = options;
  return {
    contentType: 'audio/mpeg',
    sizeBytes,
    tag: `noise-${seed}-${sizeBytes}`,
    read(offsetBytes, lengthBytes) {
      const bytes = randomBytes(seed, offsetBytes, Math.min(lengthBytes, sizeBytes - offsetBytes));
      // An MPEG frame header: whoever looks at the first bytes takes it for audio.
      Buffer.from([0xff, 0xfb, 0x90, 0x44]).copy(bytes, 0, Math.min(offsetBytes, 4));
      return bytes;
    },
  };
}

const WAV_HEADER_BYTES = 44;
const SAMPLES_PER_S = 8000;

/**
 * A WAV that every browser plays: a tone of 440 Hz under noise, 8 kHz, mono, 8000 bytes a second
 * (16,000 where `bytesPerSample` is 2).
 */
export function wav(options: { durationS: number; seed: number; bytesPerSample?: 1 | 2 }): Body {
  const { durationS, seed, bytesPerSample = 1 } = options;
  const sizeBytes = WAV_HEADER_BYTES + durationS * SAMPLES_PER_S * bytesPerSample;
  const header = wavHeader(sizeBytes, bytesPerSample);
  return {
    contentType: 'audio/wav',
    sizeBytes,
    tag: `wav-${seed}-${bytesPerSample}-${sizeBytes}`,
    read(offsetBytes, lengthBytes) {
      const end = Math.min(offsetBytes + lengthBytes, sizeBytes);
      const fromHeader = header.subarray(offsetBytes, end);
      const from = Math.max(offsetBytes - WAV_HEADER_BYTES, 0);
      const sound = samples(seed, from, end - offsetBytes - fromHeader.length, bytesPerSample);
      return Buffer.concat([fromHeader, sound]);
    },
  };
}

/** A body that is given as it is: a feed, an image, a page. */
export function fixed(content: string | Buffer, contentType: string): Body {
  const bytes = Buffer.from(content);
  return {
    contentType,
    sizeBytes: bytes.length,
    tag: `fixed-${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`,
    read: (offsetBytes, lengthBytes) => bytes.subarray(offsetBytes, offsetBytes + lengthBytes),
  };
}

/** SHA-256 of the whole body, in lower-case hex. */
export function digestOf(body: Body): string {
  const hash = createHash('sha256');
  const pieceBytes = 1024 * 1024;
  for (let offset = 0; offset < body.sizeBytes; offset += pieceBytes) {
    hash.update(body.read(offset, pieceBytes));
  }
  return hash.digest('hex');
}

const CIPHER_BLOCK_BYTES = 16;

/** Any part of one endless row of random bytes: a cipher in counter mode can start anywhere. */
function randomBytes(seed: number, offsetBytes: number, lengthBytes: number): Buffer {
  const key = createHash('md5').update(`stowaway ${seed}`).digest();
  const counter = Buffer.alloc(CIPHER_BLOCK_BYTES);
  counter.writeBigUInt64BE(BigInt(Math.floor(offsetBytes / CIPHER_BLOCK_BYTES)), 8);
  const before = offsetBytes % CIPHER_BLOCK_BYTES;
  const cipher = createCipheriv('aes-128-ctr', key, counter);
  return cipher.update(Buffer.alloc(before + Math.max(lengthBytes, 0))).subarray(before);
}

/** 11 whole waves of 440 Hz, from -1 to 1. */
const tone = Array.from({ length: 200 }, (_, i) => Math.sin((2 * Math.PI * 440 * i) / 8000));

function samples(seed: number, from: number, lengthBytes: number, bytesPerSample: 1 | 2): Buffer {
  const bytes = randomBytes(seed, from, lengthBytes);
  for (let i = 0; i < bytes.length; i++) {
    // Of a 16-bit sample only the upper byte (the second one) is shaped; the lower stays noise.
    const isUpper = (from + i) % bytesPerSample === bytesPerSample - 1;
    if (!isUpper) continue;
    const wave = tone[Math.floor((from + i) / bytesPerSample) % tone.length] ?? 0;
    const level = Math.round(wave * 50) + ((bytes[i] ?? 0) % 16) - 8;
    bytes[i] = bytesPerSample === 1 ? 128 + level : level & 0xff;
  }
  return bytes;
}

function wavHeader(sizeBytes: number, bytesPerSample: 1 | 2): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(sizeBytes - 8, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // mono
  header.writeUInt32LE(SAMPLES_PER_S, 24);
  header.writeUInt32LE(SAMPLES_PER_S * bytesPerSample, 28);
  header.writeUInt16LE(bytesPerSample, 32);
  header.writeUInt16LE(bytesPerSample * 8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(sizeBytes - WAV_HEADER_BYTES, 40);
  return header;
}
