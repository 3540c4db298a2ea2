/** Bytes of the longest document. */
export const MOST_BYTES = 1_000_000;
/** Levels of the deepest document. The bundled ones have about ten. */
export const MOST_LEVELS = 40;
/** Values, lists and objects of the largest document. */
export const MOST_VALUES = 50_000;
/** Words and signs of the longest text: each costs the parser about ten microseconds, an error more. */
export const MOST_TOKENS = 150_000;
/** Characters of the longest text. */
export const LONGEST_TEXT = 20_000;

/** Whether the text would take more bytes than a document may, in UTF-8. */
export function isTooLong(text: string): boolean {
  // A UTF-16 unit is one to three bytes, so most texts are decided by their length alone.
  if (text.length > MOST_BYTES) return true;
  if (text.length * 3 <= MOST_BYTES) return false;
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a surrogate pair counts two: four bytes together.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return bytes > MOST_BYTES;
}
