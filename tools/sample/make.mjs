/**
 * Makes the sample podcast from the texts in this folder. Run by hand; its result is committed.
 *
 *   node tools/sample/make.mjs              everything
 *   node tools/sample/make.mjs artwork feed only these (of speech, artwork, feed)
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { makeArtwork } from './artwork.mjs';
import { perform } from './episode.mjs';
import { chaptersJson, feedXml, transcriptVtt } from './feed.mjs';
import { readScript } from './script.mjs';
import { durationS, master } from './sound.mjs';

const here = new URL('./', import.meta.url);
const target = new URL('../../public/sample/', here);
const stages = process.argv.slice(2);
const wants = (stage) => stages.length === 0 || stages.includes(stage);

const podcast = JSON.parse(read('podcast.json'));
const episodes = podcast.episodes.map((episode) => {
  const script = readScript(read(`${episode.script}.md`));
  return {
    ...episode,
    script,
    title: script.title,
    file: `episode-${episode.number}`,
    notesHtml: read(`${episode.script}.html`),
  };
});

mkdirSync(target, { recursive: true });
if (wants('speech')) for (const episode of episodes) makeSpeech(episode);
if (wants('artwork')) await makeArtwork(target, episodes);
if (wants('feed')) makeFeed();

function makeSpeech({ number, title, file, script, publishedAt }) {
  const { samples, chapters, cues } = perform(script);
  master(samples, pathOf(`${file}.mp3`), {
    bitrateKbps: podcast.bitrateKbps,
    tags: {
      title,
      artist: podcast.author,
      album: podcast.title,
      track: `${number}/${episodes.length}`,
      date: publishedAt.slice(0, 4),
      genre: 'Podcast',
    },
  });
  write(`${file}.chapters.json`, chaptersJson(podcast, title, chapters));
  write(`${file}.vtt`, transcriptVtt(cues));
  console.log(`${file}: ${Math.round(durationS(pathOf(`${file}.mp3`)))} s`);
}

function makeFeed() {
  const measured = episodes.map((episode) => {
    const mp3 = pathOf(`${episode.file}.mp3`);
    return { ...episode, sizeBytes: statSync(mp3).size, durationS: durationS(mp3) };
  });
  write('feed.xml', feedXml(podcast, measured));
}

function read(name) {
  return readFileSync(new URL(name, here), 'utf8');
}

function write(name, text) {
  writeFileSync(new URL(name, target), text);
}

function pathOf(name) {
  return new URL(name, target).pathname;
}
