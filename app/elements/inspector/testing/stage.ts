import { html, render } from 'lit';
import type { TraceSelectEvent } from '../trace-select-event.ts';
import { anAfternoon } from './traces.ts';
import '../sequence-diagram.ts';

const scene = location.hash.slice(1);
const wide = innerWidth > 500;
const box = document.querySelector('#m') as HTMLElement;
box.style.padding = wide ? '24px 40px 24px 272px' : '20px';
box.style.boxSizing = 'border-box';
const traces = anAfternoon();
let selectedId: number | undefined = 16;
const draw = () => {
  render(
    scene === 'empty'
      ? html`<sa-sequence-diagram .traces=${[]}></sa-sequence-diagram>`
      : html`<sa-sequence-diagram .traces=${traces} .selectedId=${selectedId} @trace-select=${({
          traceId,
        }: TraceSelectEvent) => {
          selectedId = traceId;
          draw();
        }}></sa-sequence-diagram>`,
    box,
  );
};
draw();
document.querySelector('sa-sequence-diagram')?.style.setProperty('--diagram-height', '2000px');
document.documentElement.dataset['ready'] = '';
