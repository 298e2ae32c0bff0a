import type { ShownTrace } from '../../../inspection-view.ts';
import { Recording } from './recording.ts';

/** Names and data as somebody with bad intentions would choose them. */
export function hostileTraces(): ShownTrace[] {
  const recording = new Recording();
  for (const type of [
    '<img src=x onerror="window.harmed = true">',
    '</text><script>window.harmed = true</script>',
    '<!--?lit$123$--><b>bold</b>',
    'x'.repeat(4096),
    'הורדה/התחל\u202e ABC gnihton',
    '\u0000\u200b\u2028\n\t',
    '漢字'.repeat(60),
    '__proto__',
  ]) {
    recording.wait(5).add('page', 'worker>page', {
      type,
      channel: 'broadcast',
      data: JSON.stringify({ type, more: '<b>'.repeat(1400) }).slice(0, 4096),
      outcome: type,
    });
    recording.wait(5).add('page', 'page>tabs', { type, channel: 'tabs', data: '{"not": "json' });
  }
  recording.add('worker', 'worker>worker', { type: 'self', channel: 'life' });
  return recording.traces;
}
