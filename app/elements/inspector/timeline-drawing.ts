import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import {
  crossesPath,
  gridStepMs,
  type Lane,
  marksPath,
  type Scale,
  spansPath,
} from './timeline-lanes.ts';
import { CHANNEL_NAMES, span } from './trace-words.ts';

/** Of one lane; the styles know the same. */
const LANE_PX = 24;

export function renderName({ channel, count, medianMs, failures }: Lane): TemplateResult {
  return html`<li class=${`${channel} ${count === 0 ? 'idle' : ''}`}>
    <span class="name">${CHANNEL_NAMES[channel]}</span>
    <span class="figures count">${count > 0 ? count : nothing}</span>
    <span class="figures median">
      ${medianMs === undefined ? nothing : html`<span class="unseen">, median </span>${span(medianMs)}`}
    </span>
    ${failures.length > 0 ? html`<span class="unseen">, ${failures.length} failed</span>` : nothing}
  </li>`;
}

export function drawLane(
  lane: Lane,
  index: number,
  scale: Scale,
  widthPx: number,
): SVGTemplateResult {
  const went = lane.spans.filter((span) => !span.failed);
  const failed = lane.spans.filter((span) => span.failed);
  const starts = lane.spans.map(({ from }) => from);
  const crosses = crossesPath(lane.failures, scale);
  const isStream = lane.channel === 'stream';
  return svg`<g class=${lane.channel} transform=${`translate(0 ${(index + 0.5) * LANE_PX})`}>
    <path class=${isStream ? 'span open-port' : 'span'} d=${spansPath(went, scale, widthPx * 2)}/>
    <path class="span failed" d=${spansPath(failed, scale, widthPx * 2)}/>
    <path class="mark" d=${marksPath(starts, scale, 12)}/>
    <path class="mark" d=${marksPath(lane.marks, scale, 12)}/>
    <path class="cross-ground" d=${crosses}/>
    <path class="cross" d=${crosses}/>
  </g>`;
}

/** Stays where it is while the time moves over it. */
export function drawGrounds(widthPx: number): SVGTemplateResult[] {
  return Array.from(
    { length: LANES },
    (_none, index) =>
      svg`<rect class="ground" y=${index * LANE_PX + 4} width=${widthPx} height="16" rx="4"/>`,
  );
}

const LANES = Object.keys(CHANNEL_NAMES).length;

/** Lines of time, counted back from the right edge. */
export function drawGrid(
  now: number,
  lengthMs: number,
  scale: Scale,
  widthPx: number,
  endWords: string,
): SVGTemplateResult {
  const stepMs = gridStepMs(lengthMs, Math.max(2, Math.floor(widthPx / 62)));
  const lines = Array.from({ length: Math.floor(lengthMs / stepMs) }, (_none, line) => line + 1);
  const bottom = LANES * LANE_PX;
  return svg`<g class="grid">
    <text x=${scale(now)} y=${bottom + 14} text-anchor="end">${endWords}</text>
    ${lines.map((line) => {
      const x = scale(now - line * stepMs);
      const words = `−${span(line * stepMs).replace('.0', '')}`;
      return svg`<path d=${`M${x.toFixed(1)} 0V${bottom}`}/>${
        x > 18 && x < widthPx - 60
          ? svg`<text x=${x.toFixed(1)} y=${bottom + 14} text-anchor="middle">${words}</text>`
          : nothing
      }`;
    })}
  </g>`;
}
