/**
 * Reads an episode's script: `# Title`, `## Chapter`, and paragraphs that begin with `**Name:**`.
 *
 * @returns {{ title: string, chapters: { title: string, turns: { speaker: string, sentences: string[] }[] }[] }}
 */
export function readScript(markdown) {
  let title = '';
  const chapters = [];
  for (const line of markdown.split('\n')) {
    const heading = /^(#{1,2}) (.+)$/.exec(line);
    const turn = /^\*\*(\w+):\*\* (.+)$/.exec(line);
    if (heading?.[1] === '#') title = heading[2];
    else if (heading) chapters.push({ title: heading[2], turns: [] });
    else if (turn) chapters.at(-1).turns.push({ speaker: turn[1], sentences: sentences(turn[2]) });
    else if (line.trim() !== '') throw new Error(`Not a line of a script: ${line}`);
  }
  return { title, chapters };
}

/** One sentence is one cue of the transcript, and is spoken in one breath. */
function sentences(text) {
  return text.split(/(?<=[.?!]) (?=[A-Z])/);
}
