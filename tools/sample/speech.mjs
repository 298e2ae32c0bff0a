import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decoded, SAMPLE_RATE } from './sound.mjs';

const FESTIVAL_VOICE = '(voice_cmu_us_slt_arctic_hts)';
// -r slows the voice down a little, -b makes its vowels less muffled.
const FESTIVAL_MANNER =
  '(set! hts_engine_params (append hts_engine_params (quote (("-r" 0.94) ("-b" 0.25)))))';

/** How each speaker is made, and the filters that take away what is harsh about the voice. */
const VOICES = {
  Nell: {
    say: (text, wav) =>
      execFileSync('text2wave', ['-eval', FESTIVAL_VOICE, '-eval', FESTIVAL_MANNER, '-o', wav], {
        input: text,
      }),
    filters: 'highpass=f=75,bass=g=1.5:f=200,equalizer=f=3200:t=q:w=1:g=-1.5,treble=g=-1:f=8000',
  },
  Finn: {
    say: (text, wav) =>
      execFileSync('flite', ['-voice', 'rms', '--setf', 'duration_stretch=1.04', '-o', wav, text]),
    filters: 'highpass=f=65,equalizer=f=1100:t=q:w=1:g=-1,deesser=i=0.4,treble=g=-3.5:f=4500',
  },
};

/**
 * What the synthesisers would say wrong, spelled so that both say it right. Found by reading the
 * phones that they print (`flite -ps`, `utt.relation.items`): a homograph is a coin toss for them.
 */
const SAY = [
  ['IndexedDB', 'indexed dee bee'],
  ['MessageChannel', 'message channel'],
  ['SHA-256', 'shah two fifty six'],
  ['206', 'two oh six'],
  ['the ID of', 'the eye dee of'],
  ['Close the', 'Cloze the'],
  ['deletes every', 'deleets every'],
  ['tidies up', 'tidees up'],
  ['pages read', 'pages reed'],
  ['you read', 'you reed'],
  ['can read', 'can reed'],
  ['Read the', 'Reed the'],
];

const SILENCE = 0.004;
const EDGE_S = 0.03;

/** Speaks one sentence. Returns mono samples at `SAMPLE_RATE`, without silence at either end. */
export function speak(sentence, speaker) {
  const folder = mkdtempSync(join(tmpdir(), 'speech-'));
  try {
    const wav = join(folder, 'sentence.wav');
    VOICES[speaker].say(spelledOut(sentence), wav);
    return trimmed(decoded(wav, VOICES[speaker].filters));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function spelledOut(sentence) {
  return SAY.reduce((text, [written, said]) => text.replaceAll(written, said), sentence);
}

function trimmed(samples) {
  const edge = EDGE_S * SAMPLE_RATE;
  const isSound = (sample) => Math.abs(sample) > SILENCE;
  const first = Math.max(0, samples.findIndex(isSound) - edge);
  const last = Math.min(samples.length, samples.findLastIndex(isSound) + 2 * edge);
  return samples.slice(first, last);
}
