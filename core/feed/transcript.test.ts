import { describe, expect, it } from 'vitest';
import { parseTranscript } from './transcript.ts';

const cue = (
  startS: number,
  endS: number | undefined,
  speaker: string | undefined,
  text: string,
) => ({
  startS,
  endS,
  speaker,
  text,
});
const million = (part: string) => part.repeat(Math.floor(1_000_000 / part.length));

describe('WebVTT', () => {
  it('reads cues, voices and references; everything else is not said', () => {
    const text = `\ufeffWEBVTT - Harbour Lights\r
Kind: captions\r
\r
STYLE\r
::cue { color: red }\r
\r
NOTE a note\r
over two lines\r
\r
intro\r
00:00:00.000 --> 00:00:02.760 align:start position:0%\r
<v Sarah>The lamp &amp; the\r
<i>quay</i> &lt;3\r
\r
00:02.760 --> 00:06.090\r
<v.loud.first Bo Mast>Fog.</v> <v Sarah>Yes,<00:00:05.000> fog.\r
\r
1:00:00.000 --> 1:00:01.500\r
Note: no voice is named\r
`;
    expect(parseTranscript(text, 'text/vtt')).toEqual([
      cue(0, 2.76, 'Sarah', 'The lamp & the quay <3'),
      cue(2.76, 6.09, 'Bo Mast', 'Fog.'),
      cue(2.76, 6.09, 'Sarah', 'Yes, fog.'),
      cue(3600, 3601.5, undefined, 'Note: no voice is named'),
    ]);
  });

  it('leaves out what has no time or no words, and ends that come before the start', () => {
    const text = `WEBVTT

nonsense --> 00:02.000
lost

00:61.000 --> 01:02.000
lost

00:01.000 --> 00:02.000

00:05.000 --> 00:02.000
kept
00:03.000 --> 00:04.000
kept too`;
    expect(parseTranscript(text, 'text/vtt; charset=utf-8')).toEqual([
      cue(3, 4, undefined, 'kept too'),
      cue(5, undefined, undefined, 'kept'),
    ]);
  });
});

describe('SubRip', () => {
  const text = `1
00:00:00,179 --> 00:00:02,399
Travis: When the fog
comes in, it's

2
00:00:02,400 --> 00:00:04,799
late: and cold

3
00:00:05,000 --> 00:00:06,000
[Speaker 2]: <i>Here's the thing: go</i>
`;

  it.each(['application/srt', 'application/x-subrip', 'text/srt', 'Application/SRT;x=y'])(
    'reads cues and the names in front of them (%s)',
    (type) => {
      expect(parseTranscript(text, type)).toEqual([
        cue(0.179, 2.399, 'Travis', "When the fog comes in, it's"),
        cue(2.4, 4.799, undefined, 'late: and cold'),
        cue(5, 6, 'Speaker 2', "Here's the thing: go"),
      ]);
    },
  );

  it.each([
    ["Here's the thing: go", undefined],
    ['Simone de Beauvoir: go', 'Simone de Beauvoir'],
    ['ÉLODIE: go', 'ÉLODIE'],
    ['李华: go', '李华'],
    ['12: go', undefined],
    ['One Two Three Four Five: go', undefined],
    ['https://example.com', undefined],
    ['Nobody:', undefined],
  ])('finds the speaker of %j', (words, speaker) => {
    const srt = `1\n00:00:00,000 --> 00:00:01,000\n${words}`;
    expect(parseTranscript(srt, 'application/srt')[0]?.speaker).toBe(speaker);
  });
});

describe('JSON', () => {
  it('reads segments', () => {
    const json = JSON.stringify({
      version: '1.0.0',
      segments: [
        { speaker: 'Bo', startTime: 2, endTime: 2.5, body: 'father.\n' },
        { speaker: 'Ada', startTime: 0.5, endTime: 0.75, body: 'I' },
        { startTime: 1, body: 'am' },
        { startTime: 'x', body: 'lost' },
        { startTime: 1, body: ' ' },
        { startTime: 1 },
        null,
      ],
    });
    expect(parseTranscript(json, 'application/json')).toEqual([
      cue(0.5, 0.75, 'Ada', 'I'),
      cue(1, undefined, undefined, 'am'),
      cue(2, 2.5, 'Bo', 'father.'),
    ]);
  });
});

describe('HTML', () => {
  it('reads paragraphs with the name and the time before them, as text', () => {
    const html = `<!doctype html><html><head><title>No</title><style>p{}</style></head><body>
<cite>Travis:</cite>
<time>0:00</time>
<p>It&#39;s <b>fog</b> &amp;
 rain.</p>
<p>He read <cite>The Lamp</cite> on <time>1 May</time>.<br>Twice.</p>
<!-- <p>no</p> --><script>no()</script>
<cite>Sarah :</cite><time>1:02:03</time><p>1 &lt; 2</p>`;
    expect(parseTranscript(html, 'text/html')).toEqual([
      cue(0, undefined, 'Travis', "It's fog & rain."),
      cue(0, undefined, 'Travis', 'He read The Lamp on 1 May. Twice.'),
      cue(3723, undefined, 'Sarah', '1 < 2'),
    ]);
  });
});

describe('plain text', () => {
  it('gives a cue to each paragraph', () => {
    const text = 'Travis: The fog\nis in.\r\n \r\n\r\nIt stays.\n';
    expect(parseTranscript(text, 'text/plain')).toEqual([
      cue(0, undefined, 'Travis', 'The fog is in.'),
      cue(0, undefined, undefined, 'It stays.'),
    ]);
  });

  it('is recognised where it is something better', () => {
    expect(parseTranscript('WEBVTT\n\n00:01.000 --> 00:02.000\na', 'text/plain')).toEqual([
      cue(1, 2, undefined, 'a'),
    ]);
    expect(parseTranscript('1\n00:00:01,000 --> 00:00:02,000\na', '')).toHaveLength(1);
    expect(parseTranscript('{"segments":[{"startTime":1,"body":"a"}]}', 'text/x')).toHaveLength(1);
    expect(parseTranscript('<p>a</p><p>b</p>', 'application/octet-stream')).toHaveLength(2);
  });
});

describe('hostile transcripts', () => {
  it.each([
    ['text/vtt', `WEBVTT\n${million('\n')}`, 0],
    ['text/vtt', `WEBVTT${million('\r')}`, 0],
    ['text/vtt', `WEBVTT\n\n00:00 --> 00:01\n${million('<v ')}`, 1],
    ['text/vtt', `WEBVTT\n\n00:00 --> 00:01\n<v${million(' ')}`, 1],
    ['text/vtt', `WEBVTT\n\n00:00 --> 00:01\n${million('<v a>b')}`, 100],
    ['text/vtt', `WEBVTT\n\n${million('1:')} --> 00:01\na`, 0],
    ['application/srt', `1\n00:00:00,000 --> 00:00:01,000\n${million('A ')}: x`, 1],
    ['application/srt', `1\n00:00:00,000 --> 00:00:01,000\n${million('a\n')}`, 1],
    ['text/html', million('<'), 1],
    ['text/html', million('<a '), 1],
    ['text/html', million('<!--'), 0],
    ['text/html', million('<script>'), 0],
    ['text/html', million('x<cite>'), 1],
    ['text/html', `<cite>a${million(' ')}b</cite><p>c</p>`, 1],
    ['application/json', million('{"segments":['), 0],
    ['text/plain', million('a\n\n'), 100_000],
    ['text/plain', 'a'.repeat(9_000_000), 0],
    ['text/vtt', '', 0],
  ])('of type %s: %.50j', (type, text, cues) => {
    expect(parseTranscript(text, type)).toHaveLength(cues);
  });

  it('cannot bring control or override characters', () => {
    const text = '1\n00:00:00,000 --> 00:00:01,000\nA\u202eda: b\0c\u2066d';
    expect(parseTranscript(text, 'application/srt')).toEqual([cue(0, 1, 'Ada', 'bcd')]);
  });
});
