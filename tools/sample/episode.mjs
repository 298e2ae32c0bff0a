import {
  amplified,
  distantSea,
  gainTo,
  inRoom,
  joined,
  levelled,
  plucked,
  rms,
  SAMPLE_RATE,
  seconds,
  silence,
} from './sound.mjs';
import { speak } from './speech.mjs';

const VOICE_LUFS = -20;
const SEA_LUFS = -58;
const PAUSE_S = { sentence: 0.3, turn: 0.42, chapter: 0.7 };

const OPENING = {
  notes: ['D2', 'A2', 'D3', 'F#3', 'A3', 'E4'],
  stepS: 0.16,
  lengthS: 4.4,
  lufs: -21,
};
const CHAPTER = { notes: ['A3', 'E4'], stepS: 0.14, lengthS: 1.9, lufs: -27 };
const CLOSING = {
  notes: ['E4', 'A3', 'F#3', 'D3', 'A2', 'D2'],
  stepS: 0.2,
  lengthS: 5,
  lufs: -22.5,
};
/** Speech begins while the notes still ring. */
const SPEECH_AFTER_S = { opening: 2.6, chapter: 1.1 };

/**
 * Speaks a script and mixes it with its music.
 *
 * @returns {{ samples: Float32Array, chapters: { startS: number, title: string }[], cues: { startS: number, endS: number, speaker: string, text: string }[] }}
 *   Times are those of the samples, measured and not estimated.
 */
export function perform(script) {
  const clips = evened(spoken(script));
  const sounds = [];
  const chapters = [];
  const cues = [];
  let atS = 0;
  let previous;
  for (const clip of clips) {
    if (previous?.chapter !== clip.chapter) {
      const music = previous ? CHAPTER : OPENING;
      atS += previous ? PAUSE_S.chapter : 0;
      chapters.push({ startS: atS, title: clip.chapter });
      sounds.push({ startS: atS, samples: played(music) });
      atS += previous ? SPEECH_AFTER_S.chapter : SPEECH_AFTER_S.opening;
    } else {
      atS += previous.speaker === clip.speaker ? PAUSE_S.sentence : PAUSE_S.turn;
    }
    const endS = atS + seconds(clip.samples);
    sounds.push({ startS: atS, samples: clip.samples, isVoice: true });
    cues.push({ startS: atS, endS, speaker: clip.speaker, text: clip.text });
    atS = endS;
    previous = clip;
  }
  sounds.push({ startS: atS + PAUSE_S.chapter, samples: played(CLOSING) });
  return { samples: mixed(sounds), chapters, cues };
}

function spoken({ chapters }) {
  return chapters.flatMap(({ title, turns }) =>
    turns.flatMap(({ speaker, sentences }) =>
      sentences.map((text) => ({ chapter: title, speaker, text, samples: speak(text, speaker) })),
    ),
  );
}

/** Speakers become equally loud, and a sentence that sticks out is brought half way back. */
function evened(clips) {
  const levels = new Map();
  for (const speaker of new Set(clips.map((clip) => clip.speaker))) {
    const all = joined(
      clips.filter((clip) => clip.speaker === speaker).map((clip) => clip.samples),
    );
    levels.set(speaker, { gain: gainTo(VOICE_LUFS, all), power: rms(all) });
  }
  return clips.map((clip) => {
    const { gain, power } = levels.get(clip.speaker);
    return {
      ...clip,
      samples: amplified(clip.samples, gain * Math.sqrt(power / rms(clip.samples))),
    };
  });
}

function played({ notes, stepS, lengthS, lufs }) {
  return levelled(plucked(notes, { stepS, lengthS }), lufs);
}

function mixed(sounds) {
  const endS = Math.max(...sounds.map(({ startS, samples }) => startS + seconds(samples)));
  const voices = silence(endS);
  const others = levelled(distantSea(endS), SEA_LUFS);
  for (const { startS, samples, isVoice = false } of sounds) {
    const track = isVoice ? voices : others;
    const offset = Math.round(startS * SAMPLE_RATE);
    for (let index = 0; index < samples.length; index++) track[offset + index] += samples[index];
  }
  return levelled(inRoom(voices), VOICE_LUFS).map((sample, index) => sample + others[index]);
}
