/**
 * Makes the app's icons from `public/icons/icon.svg` and `favicon.svg`. Run by hand; the result is
 * committed.
 *
 *   node tools/icons.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const icons = new URL('../public/icons/', import.meta.url);
const icon = readFileSync(new URL('icon.svg', icons), 'utf8');
const favicon = readFileSync(new URL('favicon.svg', icons), 'utf8');

// Systems cut these two icons themselves: no round corners, and for a maskable icon nothing that
// matters outside a circle of 80 % of the width.
const fullBleed = replaced(icon, 'rx="116"', 'rx="0"');
const maskable = replaced(
  fullBleed,
  '<g id="mark">',
  '<g id="mark" transform="translate(256 256) scale(.92) translate(-256 -256)">',
);

for (const sizePx of [64, 192, 512]) write(`pwa-${sizePx}.png`, await png(icon, sizePx));
for (const name of ['downloads', 'search', 'episodes']) {
  write(`shortcut-${name}.png`, await png(shortcut(name), 96));
}
write('maskable-512.png', await png(maskable, 512));
write('apple-touch-icon-180.png', await png(fullBleed, 180));
write('../favicon.ico', ico([await entry(16), await entry(32), await entry(48)]));

/** The sign of a page as the navigation draws it, on a ground of the accent's tint. */
function shortcut(name) {
  const shapes = readFileSync(new URL('../app/elements/icon.ts', import.meta.url), 'utf8');
  const shape = new RegExp(`\\b${name}: svg\`([^\`]+)\``).exec(shapes)?.[1];
  if (!shape) throw new Error(`icon.ts no longer has ${name}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">
    <rect width="48" height="48" rx="12" fill="#d5eaec"/>
    <g transform="translate(12 12)" fill="none" stroke="#0b6a73" color="#0b6a73" stroke-width="1.75"
      stroke-linecap="round" stroke-linejoin="round">${shape}</g>
  </svg>`;
}

function replaced(svg, before, after) {
  if (!svg.includes(before)) throw new Error(`icon.svg no longer says ${before}`);
  return svg.replace(before, after);
}

function png(svg, sizePx) {
  return sharp(Buffer.from(svg), { density: 288 })
    .resize(sizePx)
    .png({ compressionLevel: 9 })
    .toBuffer();
}

async function entry(sizePx) {
  return { sizePx, bytes: await png(favicon, sizePx) };
}

/** An .ico is a table of contents, then whole PNG files. */
function ico(entries) {
  const header = Buffer.alloc(6 + 16 * entries.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(entries.length, 4);
  let offset = header.length;
  entries.forEach(({ sizePx, bytes }, index) => {
    const at = 6 + 16 * index;
    header.writeUInt8(sizePx, at);
    header.writeUInt8(sizePx, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(bytes.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += bytes.length;
  });
  return Buffer.concat([header, ...entries.map(({ bytes }) => bytes)]);
}

function write(name, bytes) {
  const file = fileURLToPath(new URL(name, icons));
  writeFileSync(file, bytes);
  console.log(`${file}: ${bytes.length} bytes`);
}
