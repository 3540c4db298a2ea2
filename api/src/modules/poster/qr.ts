import { encodeQR } from 'qr';

/** As much light around the modules as the standard asks for. */
const QUIET = 4;

export interface QrCode {
  /** Of a side, in modules, with the light border. */
  readonly size: number;
  /** All dark modules, as the data of an SVG path whose unit is a module. */
  readonly path: string;
}

/** A QR code of a text: readable also where a quarter of it is worn or covered. */
export function qrCode(text: string): QrCode {
  const modules = encodeQR(text, 'raw', { ecc: 'quartile', border: QUIET });
  const runs: string[] = [];
  for (const [y, row] of modules.entries()) {
    for (let x = 0; x < row.length; x++) {
      const start = x;
      while (row[x]) x++;
      if (x > start) runs.push(`M${start} ${y}h${x - start}v1h${start - x}z`);
    }
  }
  return { size: modules.length, path: runs.join('') };
}

/** For screens and print of any size. */
export function qrSvg(text: string): string {
  const { size, path } = qrCode(text);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" role="img" aria-label="QR code">` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`
  );
}
