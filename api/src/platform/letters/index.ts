export { FONTS, type FontName, fontRuns, UNSPACED, type Weight } from './fonts.ts';
export { hasLetters, isLatin, printable, REWRITTEN } from './letters.ts';
export { beginFlow, endFlow, writeFlow, writeLine } from './print.ts';
