import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);
const google = (name: string) => once(() => resolve(`@expo-google-fonts/${name}.ttf`));
const chinese = (name: string) => once(() => join(dirname(resolve('@embedpdf/fonts-sc')), '..', 'fonts', `${name}.otf`));

function once(find: () => string): () => string {
  let found: string | undefined;
  return () => (found ??= find());
}

/** One set of letters in one weight. Where its file lies is looked up when it is first needed. */
interface Font {
  /** The name that the font has in its file. */
  readonly family: string;
  readonly weight: 400 | 700;
  readonly file: () => string;
}

function both<Name extends string>(name: Name, folder: string, file: string, family: string) {
  const font = (weight: 400 | 700, style: string): Font => ({
    family,
    weight,
    file: google(`${folder}/${weight}${style}/${file}_${weight}${style}`),
  });
  return { [`plain${name}`]: font(400, 'Regular'), [`strong${name}`]: font(700, 'Bold') } as Record<`${Weight}${Name}`, Font>;
}

export type Weight = 'plain' | 'strong';

/** The letters that are printed. */
export const FONTS = {
  ...both('', 'noto-sans', 'NotoSans', 'Noto Sans'),
  ...both('Armenian', 'noto-sans-armenian', 'NotoSansArmenian', 'Noto Sans Armenian'),
  ...both('Georgian', 'noto-sans-georgian', 'NotoSansGeorgian', 'Noto Sans Georgian'),
  ...both('Lao', 'noto-sans-lao', 'NotoSansLao', 'Noto Sans Lao'),
  ...both('Thai', 'noto-sans-thai', 'NotoSansThai', 'Noto Sans Thai'),
  plainChinese: { family: 'Noto Sans S Chinese', weight: 400, file: chinese('NotoSansHans-Regular') },
  strongChinese: { family: 'Noto Sans S Chinese', weight: 700, file: chinese('NotoSansHans-Bold') },
} as const satisfies Record<string, Font>;

export type FontName = keyof typeof FONTS;

/**
 * Writings with a font of their own: a run begins with such a letter, and takes along what stands among them. Those are missing whose letters
 * would not be set right: Khmer, Burmese, and what runs from right to left.
 */
const WRITINGS = {
  Armenian: '\\p{Script=Armenian}',
  Chinese: '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}\\u3000-\\u303f\\uff00-\\uffef]',
  Georgian: '\\p{Script=Georgian}',
  Lao: '\\p{Script=Lao}',
  Thai: '\\p{Script=Thai}',
} as const;

type Writing = keyof typeof WRITINGS;

const own = Object.entries(WRITINGS).map(([name, letter]) => `(?<${name}>${letter}(?:${letter}|\\p{Script=Inherited})*)`);
const RUNS = new RegExp(`${own.join('|')}|(?:(?!${Object.values(WRITINGS).join('|')})[^])+`, 'gu');

/** A text in pieces that one font writes. */
export function fontRuns(text: string, weight: Weight): { text: string; font: FontName }[] {
  return [...text.matchAll(RUNS)].map(({ 0: run, groups }) => {
    const writing = (Object.keys(WRITINGS) as Writing[]).find((name) => groups?.[name] !== undefined);
    return { text: run, font: writing === undefined ? weight : (`${weight}${writing}` as const) };
  });
}

/** Writings that put no spaces between words. */
export const UNSPACED = /[\p{Script=Lao}\p{Script=Thai}]/u;
