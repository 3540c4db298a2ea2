import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const file = (name: string) => resolve(`@expo-google-fonts/${name}`);

/** The letters of posters, by the name that the font has in its file. */
export const FONTS = {
  plain: { family: 'Noto Sans', weight: 400, file: file('noto-sans/400Regular/NotoSans_400Regular.ttf') },
  strong: { family: 'Noto Sans', weight: 700, file: file('noto-sans/700Bold/NotoSans_700Bold.ttf') },
  plainThai: { family: 'Noto Sans Thai', weight: 400, file: file('noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf') },
  strongThai: { family: 'Noto Sans Thai', weight: 700, file: file('noto-sans-thai/700Bold/NotoSansThai_700Bold.ttf') },
} as const;

export type FontName = keyof typeof FONTS;

const KNOWN = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Thai}\p{Script=Common}\p{Script=Inherited}]*$/u;
const PICTURES = /\p{Extended_Pictographic}/u;
/** Thai letters, with what stands between them. */
const RUNS = /\p{Script=Thai}[\p{Script=Thai}\p{Script=Inherited}]*|[^\p{Script=Thai}]+/gu;

/** Are there letters for all of it? */
export function hasLetters(text: string): boolean {
  return KNOWN.test(text) && !PICTURES.test(text.replaceAll(/[0-9#*©®]/g, ''));
}

/** A text in pieces that one font writes. */
export function fontRuns(text: string, weight: 'plain' | 'strong'): { text: string; font: FontName }[] {
  return (text.match(RUNS) ?? []).map((run) => ({ text: run, font: /^\p{Script=Thai}/u.test(run) ? `${weight}Thai` : weight }));
}
