import { crc32 } from 'node:zlib';
import { renderAsync } from '@resvg/resvg-js';
import { FONTS, type FontName } from '../../platform/letters/index.ts';
import { type Item, layOut, PAGE, type Poster } from './poster.layout.ts';
import { measureFor } from './poster.pdf.ts';

const DPI = 300;
/** Pixels of A4 at that. */
const [WIDTH, HEIGHT] = [2_480, 3_508];
const PER_METRE = Math.round(DPI / 0.0254);

/** As printers take it: A4 with 300 dots to an inch. */
export async function posterPng(poster: Poster): Promise<Buffer> {
  const items = layOut(poster, measureFor(poster));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${PAGE.width} ${PAGE.height}" preserveAspectRatio="none">${items.map(svgOf).join('')}</svg>`;
  const fonts = new Set(items.flatMap((item) => (item.kind === 'text' ? [item.font] : [])));
  return withDpi(await render(svg, WIDTH, [...fonts]));
}

/** A picture of an SVG, so many pixels wide. `fonts`: those that it writes with. */
export async function render(svg: string, width: number, fonts: readonly FontName[] = []): Promise<Buffer> {
  const image = await renderAsync(svg, {
    fitTo: { mode: 'width', value: width },
    font: { loadSystemFonts: false, fontFiles: fonts.map((name) => FONTS[name].file()), defaultFontFamily: FONTS.plain.family },
    logLevel: 'off',
  });
  return image.asPng();
}

function svgOf(item: Item): string {
  if (item.kind === 'box') return `<rect x="${item.x}" y="${item.y}" width="${item.width}" height="${item.height}" fill="${item.colour}"/>`;
  if (item.kind === 'path')
    return `<path transform="translate(${item.x} ${item.y}) scale(${item.scale})" fill="${item.colour}" d="${item.path}"/>`;
  const { family, weight } = FONTS[item.font];
  return `<text x="${item.x}" y="${item.y}" font-family="${family}" font-weight="${weight}" font-size="${item.size}" fill="${item.colour}" xml:space="preserve">${escapeXml(item.text)}</text>`;
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Behind the signature and the first chunk, which has 13 bytes. */
const AFTER_HEADER = 8 + 12 + 13;

/** Says in a PNG how large it is on paper. */
function withDpi(png: Buffer): Buffer {
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9, 0);
  chunk.write('pHYs', 4, 'latin1');
  chunk.writeUInt32BE(PER_METRE, 8);
  chunk.writeUInt32BE(PER_METRE, 12);
  chunk.writeUInt8(1, 16);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, AFTER_HEADER), chunk, png.subarray(AFTER_HEADER)]);
}
