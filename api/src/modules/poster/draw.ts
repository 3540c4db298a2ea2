import { buffer } from 'node:stream/consumers';
import type { Poster } from './poster.layout.ts';
import { posterPdf } from './poster.pdf.ts';
import { posterPng, render } from './poster.png.ts';
import { qrSvg } from './qr.ts';

/** What is to be drawn. `pixels`: of a side. `madeAt`: in milliseconds. */
export type Drawing =
  | { readonly file: 'qr.png'; readonly url: string; readonly pixels: number }
  | { readonly file: 'poster.pdf'; readonly poster: Poster; readonly madeAt: number }
  | { readonly file: 'poster.png'; readonly poster: Poster };

/** Takes up to a second of a processor. */
export async function draw(drawing: Drawing): Promise<Uint8Array> {
  if (drawing.file === 'poster.pdf') return buffer(posterPdf(drawing.poster, new Date(drawing.madeAt)));
  return drawing.file === 'poster.png' ? posterPng(drawing.poster) : render(qrSvg(drawing.url), drawing.pixels);
}
