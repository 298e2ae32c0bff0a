import { nothing, type SVGTemplateResult, svg } from 'lit';
import { arrowHead } from './arrow-heads.ts';
import { arrowWords, sentence } from './message-words.ts';
import { type Columns, wordsLeft, wordsRoom } from './sequence-columns.ts';
import type { Arrow, Bar, Silence } from './sequence-layout.ts';
import { PARTY_NAMES, span, timeOfDay } from './trace-words.ts';

const BAR_PX = 10;
const BESIDE_PX = 6;

export const HEAD_PX = 52;

/** The names above the lifelines. */
export function drawHeads({ parties, x, gutterPx }: Columns): SVGTemplateResult[] {
  const halfPx = gutterPx > 0 ? 44 : 27;
  return parties.map(
    (party) => svg`<g class=${`party ${party}-head`}>
      <path class="lifeline" d="M${x[party]} 42v10"/>
      <rect x=${x[party] - halfPx} y="12" width=${2 * halfPx} height="30" rx="10"/>
      <text x=${x[party]} y="31.5" text-anchor="middle">${PARTY_NAMES[party]}</text>
    </g>`,
  );
}

export function drawLifelines({ parties, x }: Columns, heightPx: number): SVGTemplateResult[] {
  return parties.map((party) => svg`<path class="lifeline" d=${`M${x[party]} 0V${heightPx}`}/>`);
}

/** A torn strip: time went on below it, and nothing was said. */
export function drawSilence(
  { top, bottom, lastedMs }: Silence,
  columns: Columns,
): SVGTemplateResult {
  const { widthPx, x } = columns;
  const waves = Math.ceil(widthPx / 24);
  const edge = 'q6-5 12 0t12 0'.repeat(waves);
  const back = 'q-6-5-12 0t-12 0'.repeat(waves);
  const words = span(lastedMs);
  const middle = (x.page + x.worker) / 2;
  const halfPx = (words.length * columns.letterPx) / 2 + 12;
  const y = (top + bottom) / 2;
  return svg`<g class="silence">
    <path class="torn" d=${`M0 ${top + 6}${edge}V${bottom - 6}${back}z`}/>
    <path class="edge" d=${`M0 ${top + 6}${edge}M0 ${bottom - 6}${edge}`}/>
    <rect x=${middle - halfPx} y=${y - 12} width=${2 * halfPx} height="24" rx="12"/>
    <text x=${middle} y=${y + 4} text-anchor="middle">${words}</text>
  </g>`;
}

export function drawBar(
  { top, bottom, depth, end, channel }: Bar,
  { x }: Columns,
): SVGTemplateResult {
  const left = x.worker - BAR_PX / 2 + depth * BESIDE_PX;
  const heightPx = Math.max(6, bottom - top);
  return svg`<g class=${`bar ${channel} ${end}`}>
    <rect x=${left} y=${top} width=${BAR_PX} height=${heightPx} rx=${end === 'cut' ? 0 : 3}/>
    ${
      end === 'cut'
        ? svg`<path class="cross" d=${`M${left - 1} ${bottom - 6}l12 12m0-12-12 12`}/>`
        : nothing
    }
  </g>`;
}

/** What lies behind an arrow that is chosen, or of the same exchange: below everything else. */
export function drawBand(
  { top, bottom }: Arrow,
  { widthPx }: Columns,
  chosen: boolean,
): SVGTemplateResult {
  return svg`<rect class=${chosen ? 'band chosen' : 'band'} x="4" y=${top - 20} width=${widthPx - 8} height=${bottom - top + 28} rx="8"/>`;
}

/** How an arrow stands to what is selected. */
export interface ArrowState {
  /** Its place among all arrows, from 1, and how many there are. */
  place: number;
  count: number;
  chosen: boolean;
  fresh: boolean;
  /** The one said before it, to show only what is new in the time. */
  before: Arrow | undefined;
  bars: readonly Bar[];
}

export function drawArrow(arrow: Arrow, columns: Columns, state: ArrowState): SVGTemplateResult {
  const { message, top, bottom } = arrow;
  const { channel, trace, failed, lost, unsaid } = message;
  const isAnswer = trace.phase === 'end';
  const classes = ['arrow', channel];
  if (isAnswer) classes.push('answer');
  if (failed || lost) classes.push('failed');
  if (state.chosen) classes.push('chosen');
  if (state.fresh) classes.push('fresh');
  return svg`<g
    id=${`message-${message.id}`}
    class=${classes.join(' ')}
    role="option"
    aria-selected=${state.chosen ? 'true' : 'false'}
    aria-posinset=${state.place}
    aria-setsize=${state.count}
    aria-label=${sentence(message)}
  >
    <rect class="touch" x="0" y=${top - 20} width=${columns.widthPx} height=${bottom - top + 28}/>
    ${columns.gutterPx > 0 ? drawTime(arrow, state.before, columns) : nothing}
${unsaid ? drawWait(arrow, columns) : drawWay(arrow, columns, state.bars)}
    ${drawWords(arrow, columns, state.before)}
  </g>`;
}

function drawTime(
  { message, top }: Arrow,
  before: Arrow | undefined,
  { gutterPx }: Columns,
): SVGTemplateResult {
  const time = timeOfDay(message.sentAt);
  const sameSecond = before && timeOfDay(before.message.sentAt).slice(0, 8) === time.slice(0, 8);
  return svg`<text class=${sameSecond ? 'time' : 'time full'} x=${gutterPx - 8} y=${top + 1} text-anchor="end">${
    sameSecond ? time.slice(8) : time.slice(3)
  }</text>`;
}

function drawWay({ message, top, bottom }: Arrow, columns: Columns, bars: readonly Bar[]) {
  const { from, to, channel, trace, lost } = message;
  if (from === to) {
    const x = columns.x[from];
    return svg`<path class="way" d=${`M${x} ${top - 8}h22q6 0 6 6t-6 6H${x + 4}`}/>
      <g class="head" transform=${`translate(${x} ${top + 4}) rotate(180)`}>${arrowHead(channel, false)}</g>`;
  }
  const side = columns.x[to] > columns.x[from] ? 1 : -1;
  const x0 = columns.x[from] + side * edgeAt(from === 'worker', top, side, bars);
  const wholeX = columns.x[to] - side * edgeAt(to === 'worker', bottom, -side, bars);
  const x1 = lost ? x0 + (wholeX - x0) * 0.6 : wholeX;
  const degrees = (Math.atan2(bottom - top, x1 - x0) * 180) / Math.PI;
  return svg`<path class="way" d=${`M${x0} ${top}L${x1} ${bottom}`}/>
    ${
      lost
        ? drawCross(x1, bottom)
        : svg`<g class="head" transform=${`translate(${x1} ${bottom}) rotate(${degrees.toFixed(2)})`}>${arrowHead(
            channel,
            trace.phase === 'end',
          )}</g>`
    }`;
}

/** How far from the lifeline an arrow touches: at the edge of the bars that stand on it there. */
function edgeAt(onBars: boolean, y: number, side: number, bars: readonly Bar[]): number {
  if (!onBars) return 0;
  const here = bars.filter(({ top, bottom }) => top - 1 <= y && y <= bottom + 1);
  if (here.length === 0) return 0;
  const depth = Math.max(...here.map((bar) => bar.depth));
  return BAR_PX / 2 + (side > 0 ? depth * BESIDE_PX : 0);
}

/** Nobody spoke: the page waited from there to here. */
function drawWait({ message, top, waitedFrom }: Arrow, { x }: Columns): SVGTemplateResult {
  const at = x[message.to];
  return svg`${
    waitedFrom === undefined
      ? nothing
      : svg`<path class="wait" d=${`M${at} ${waitedFrom}V${top}`}/>`
  }${drawCross(at, top)}`;
}

function drawCross(x: number, y: number): SVGTemplateResult {
  return svg`<g class="lost"><circle cx=${x} cy=${y} r="8"/><path d=${`M${x - 3} ${y - 3}l6 6m0-6-6 6`}/></g>`;
}

function drawWords(
  { message, top }: Arrow,
  columns: Columns,
  before: Arrow | undefined,
): SVGTemplateResult {
  const { from, to, failed, unsaid } = message;
  const apart = before?.message.trace.exchangeId !== message.trace.exchangeId;
  const { name, figure } = arrowWords(message, wordsRoom(columns, from, to), apart);
  const letters = name.length + (figure ? figure.length + 1 : 0);
  // The words of an end that nobody said stand to the right of its cross, on the line.
  const startX = columns.x[unsaid ? to : from];
  const aside = unsaid || columns.x[to] > startX ? 1 : -1;
  // Framed words keep clear of the cross, and of the bars.
  const wordsX = startX + (unsaid ? 8 : failed ? aside * 7 : 0);
  const left = wordsLeft(columns, wordsX, wordsX + aside, letters);
  const y = unsaid ? top + 4 : top - 6;
  const lengthPx = letters * columns.letterPx;
  return svg`${
    failed
      ? svg`<rect class="alarm" x=${left - 6} y=${y - 13} width=${lengthPx + 12} height="18" rx="6"/>`
      : nothing
  }<text class="words" x=${left} y=${y}>${name}${
    figure ? svg`<tspan class="figure">&nbsp;${figure}</tspan>` : nothing
  }</text>`;
}
