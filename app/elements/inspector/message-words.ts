import { latencyMs, type Message } from './join-sightings.ts';
import { CHANNEL_NAMES, nameOf, outcomeWords, PARTY_NAMES, plain, span } from './trace-words.ts';

/** The words on an arrow: its name, or what became of it, and a quiet figure. */
export interface ArrowWords {
  name: string;
  figure: string;
}

/** How much room there is for the words of an arrow, in letters. */
export interface WordsRoom {
  /** Across the whole picture: no more than this is ever shown. */
  across: number;
  /** From lifeline to lifeline: a figure that is nice to have keeps within. */
  between: number;
  /** From where the arrow begins to the edge of the picture: figures of answers keep within. */
  toEdge: number;
}

/** `apart`: something else was said since, so an answer says again to what. */
export function arrowWords(message: Message, room: WordsRoom, apart: boolean): ArrowWords {
  const { trace, failed, channel } = message;
  const latency = latencyMs(message);
  if (trace.phase !== 'end') {
    const figure = latency === undefined ? '' : span(latency);
    return fitted(nameOf(trace, Math.min(40, room.across)), figure, room.between);
  }
  const tookMs = (message.arrived ?? message.sent)?.tookMs;
  const outcome = trace.outcome ?? 'ok';
  const words = failed ? outcomeWords(outcome) : plain(outcome, 40);
  const named = `${nameOf(trace)} ${words}`;
  // What happens inside an event stands beside its bar: its end needs no name.
  const name = apart && channel !== 'event' && named.length <= room.across ? named : words;
  return fitted(name, tookMs === undefined ? '' : span(tookMs), failed ? room.across : room.toEdge);
}

function fitted(name: string, figure: string, maxLetters: number): ArrowWords {
  return name.length + figure.length + 1 <= maxLetters ? { name, figure } : { name, figure: '' };
}

/** The whole of an arrow in one sentence, for those who do not see it. */
export function sentence(message: Message): string {
  const { trace, channel, from, to, unsaid, lost } = message;
  const name = nameOf(trace, 60);
  const way = `${PARTY_NAMES[from]} to ${PARTY_NAMES[to].toLowerCase()}`;
  const took = trace.tookMs === undefined ? '' : `, ${span(trace.tookMs)}`;
  if (unsaid) return `${PARTY_NAMES[to]}: ${name}: ${outcomeWords(trace.outcome ?? '')}${took}`;
  if (trace.phase === 'end') {
    return `${way}: answer to ${name}: ${outcomeWords(trace.outcome ?? 'ok')}${took}`;
  }
  const latency = latencyMs(message);
  const travelled = latency === undefined ? '' : `, ${span(latency)} on the way`;
  return `${way}: ${name}, ${CHANNEL_NAMES[channel].toLowerCase()}${travelled}${lost ? ', never heard' : ''}`;
}
