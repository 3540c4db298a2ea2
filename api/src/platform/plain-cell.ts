const FORMULA = /^[=+\-@\t\r]/;

/** A cell of a table as text: what a spreadsheet would take for a formula has an apostrophe before it. */
export function plainCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
