import { execFileSync, spawnSync } from 'node:child_process';

/** Everything here is mono, 32-bit float, at this rate. */
export const SAMPLE_RATE = 24_000;

const RAW = ['-f', 'f32le', '-ar', String(SAMPLE_RATE), '-ac', '1'];
/** The limiter takes the rest: what comes out has -16. */
const TARGET_LUFS = -15.6;
const MAX_BUFFER_BYTES = 256 * 1024 * 1024;

/** Reads a sound file through ffmpeg's audio filters. */
export function decoded(path, filters = 'anull') {
  return fromBytes(ffmpeg(['-i', path, '-af', filters, ...RAW, '-']));
}

export function silence(seconds) {
  return new Float32Array(Math.round(seconds * SAMPLE_RATE));
}

export function seconds(samples) {
  return samples.length / SAMPLE_RATE;
}

export function joined(pieces) {
  const whole = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

export function rms(samples) {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

export function amplified(samples, factor) {
  return samples.map((sample) => sample * factor);
}

/** The one factor that brings samples to a loudness: constant, so that nothing pumps. */
export function gainTo(lufs, samples) {
  return 10 ** ((lufs - loudness(samples)) / 20);
}

export function levelled(samples, lufs) {
  return amplified(samples, gainTo(lufs, samples));
}

/** Integrated loudness by EBU R 128, in LUFS. */
export function loudness(samples) {
  const { stderr } = spawnSync(
    'ffmpeg',
    ['-hide_banner', '-nostats', ...RAW, '-i', '-', '-af', 'ebur128', '-f', 'null', '-'],
    { input: toBytes(samples), encoding: 'utf8', maxBuffer: MAX_BUFFER_BYTES },
  );
  return Number(/.*I:\s+(-?[\d.]+) LUFS/s.exec(stderr)[1]);
}

/** A plucked chord: notes start one after the other, then ring out together in a large room. */
export function plucked(notes, { stepS, lengthS }) {
  const pluck = notes.flatMap((note) => ['pluck', note]);
  const delays = notes.map((_, index) => String(index * stepS));
  return fromBytes(
    execFileSync(
      'sox',
      // -R: the same noise every time, so that the same notes give the same bytes.
      ['-R', '-n', '-r', String(SAMPLE_RATE), '-t', 'f32', '-', 'synth', String(lengthS), ...pluck]
        .concat('delay', delays, 'remix', '-', 'lowpass', '3500', 'norm', '-6')
        .concat('reverb', '55', '40', '90', '0', '0', 'fade', 't', '0.005', String(lengthS), '1.4'),
      { maxBuffer: MAX_BUFFER_BYTES },
    ),
  );
}

/** The dry voices in a small room: felt more than heard. */
export function inRoom(samples) {
  return fromBytes(
    execFileSync(
      'sox',
      ['-R', '-t', 'f32', '-r', String(SAMPLE_RATE), '-c', '1', '-', '-t', 'f32', '-'].concat(
        'reverb',
        '28',
        '60',
        '30',
        '0',
        '6',
        '-4',
      ),
      // Half as loud: sox cuts off what is above full scale.
      { input: toBytes(amplified(samples, 0.5)), maxBuffer: MAX_BUFFER_BYTES },
    ),
  );
}

/** The sea, through the side of a ship: a room is never as silent as zeros are. */
export function distantSea(lengthS) {
  return fromBytes(
    execFileSync(
      'sox',
      ['-R', '-n', '-r', String(SAMPLE_RATE), '-c', '1', '-t', 'f32', '-']
        .concat('synth', String(lengthS), 'brownnoise', 'lowpass', '320', 'tremolo', '0.13', '70')
        .concat('fade', 't', '1.5', String(lengthS), '2.5'),
      { maxBuffer: MAX_BUFFER_BYTES },
    ),
  );
}

/** Evens out the loudness, limits the peaks, and writes a constant-bitrate MP3 with its tags. */
export function master(samples, path, { bitrateKbps, tags }) {
  const even = fromBytes(
    ffmpeg(
      [
        ...RAW,
        '-i',
        '-',
        '-af',
        'acompressor=threshold=0.1:ratio=2:attack=15:release=200',
        ...RAW,
        '-',
      ],
      samples,
    ),
  );
  const metadata = Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]);
  ffmpeg(
    [...RAW, '-i', '-', '-af', 'alimiter=limit=0.8:attack=3:release=60:level=false']
      .concat('-codec:a', 'libmp3lame', '-b:a', `${bitrateKbps}k`, '-compression_level', '0')
      // The Xing header of a constant bitrate ("Info") lets players seek and know the duration.
      .concat('-write_xing', '1', '-id3v2_version', '3', ...metadata, '-y', path),
    levelled(even, TARGET_LUFS),
  );
}

export function durationS(path) {
  const show = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path];
  return Number(execFileSync('ffprobe', show, { encoding: 'utf8' }));
}

function ffmpeg(args, samples) {
  return execFileSync('ffmpeg', ['-v', 'error', ...args], {
    input: samples && toBytes(samples),
    maxBuffer: MAX_BUFFER_BYTES,
  });
}

function toBytes(samples) {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** A copy: the bytes of a Buffer need not be aligned for floats. */
function fromBytes(bytes) {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
