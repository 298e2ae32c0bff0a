import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const COVER_PX = 1400;
const EPISODE_PX = 1000;

/** The rings of an episode's picture, from the outside in, on the colour of the hold. */
const RINGS = {
  1: ['#063239', '#08414a', '#0a525c', '#0d6670', '#137d88', '#1b97a2'],
  2: ['#0b2545', '#0f2f57', '#153c6c', '#1c4c85', '#265f9f', '#3475ba'],
  3: ['#2c1638', '#391d47', '#4a2658', '#5f316b', '#783f7f', '#935193'],
  4: ['#0a2f24', '#0e3d2e', '#134d39', '#1a6047', '#237757', '#2f9069'],
};

/** What is painted on the crate in place of the name, around (700, 975). */
const MOTIFS = {
  // Two rooms, and a message on its way from one to the other.
  1: `<g class="outline" stroke-width="36"><rect x="360" y="865" width="220" height="220" rx="36"/><rect x="820" y="865" width="220" height="220" rx="36" stroke-dasharray="46 56.3" stroke-dashoffset="-50.7"/><path d="M580 975h60M760 975h60"/></g>
      <circle class="glow" cx="700" cy="975" r="46"/>`,
  // Segments: stored, arriving, expected.
  2: `<g class="ink"><rect x="352" y="792" width="154" height="154" rx="22"/><rect x="532" y="792" width="154" height="154" rx="22"/><rect x="712" y="792" width="154" height="154" rx="22"/><rect x="352" y="1000" width="154" height="154" rx="22"/><rect x="532" y="1000" width="154" height="154" rx="22"/></g>
      <rect class="glow" x="892" y="792" width="154" height="154" rx="22"/>
      <g class="outline" stroke-width="28"><rect x="726" y="1014" width="126" height="126" rx="10"/><rect x="906" y="1014" width="126" height="126" rx="10"/></g>`,
  // No signal.
  3: `<g class="outline" stroke-width="40"><path d="M445 925a360 360 0 0 1 510 0M536 1014a232 232 0 0 1 328 0"/></g><circle class="ink" cx="700" cy="1118" r="46"/>
      <path d="M470 1165 930 765" fill="none" stroke="#f6ecd9" stroke-width="92"/><path class="struck" d="M470 1165 930 765"/>`,
  // A lifebuoy.
  4: `<circle cx="700" cy="975" r="158" fill="none" stroke="#063239" stroke-width="106"/>
      <circle class="band" cx="700" cy="975" r="158" stroke-dasharray="106 142.2" stroke-dashoffset="-71"/>`,
};

const MOTIF_STYLE = `
  .outline { fill: none; stroke: #063239; stroke-linecap: round; stroke-linejoin: round }
  .struck { fill: none; stroke: #ffa42e; stroke-width: 40; stroke-linecap: round }
  .band { fill: none; stroke: #ffa42e; stroke-width: 106 }`;

/** Draws the cover and one variation for each episode into the folder `target`. */
export async function makeArtwork(target, episodes) {
  const cover = readFileSync(new URL('cover.svg', import.meta.url), 'utf8');
  await draw(cover, COVER_PX, new URL('cover.jpg', target));
  for (const { number, file } of episodes) {
    await draw(variation(cover, number), EPISODE_PX, new URL(`${file}.jpg`, target));
  }
}

function variation(cover, number) {
  const [hold, ...rings] = RINGS[number];
  const colours = rings.map((colour, index) => `.ring${index + 1} { fill: ${colour} }`).join(' ');
  const style = `${MOTIF_STYLE} .hold { fill: ${hold} } ${colours}`;
  return cover
    .replace('</style>', `${style}</style>`)
    .replace(/<!--motif-->.*<!--\/motif-->/s, MOTIFS[number]);
}

async function draw(svg, sizePx, file) {
  await sharp(Buffer.from(svg), { density: 144 })
    .resize(sizePx)
    .jpeg({ quality: 82, mozjpeg: true, chromaSubsampling: '4:4:4' })
    .toFile(fileURLToPath(file));
}
