/** Sentences of the API with holes for what they are about, and the same in another language. */
export type SaidTable = Readonly<Record<string, string>>;

type Translate = (text: string) => string | undefined;

const languages = new Map<string, Translate>();

/** Has a language say what the API says in English. */
export function learnSaid(locale: string, table: SaidTable): void {
  languages.set(locale, translatorOf(table));
}

/** What the API says, in the reader's language where it is known there, and as it came otherwise. */
export function saidIn(locale: string, text: string): string {
  return languages.get(locale)?.(text) ?? text;
}

const HOLE = /%\{(\w+)\}/g;

function translatorOf(table: SaidTable): Translate {
  const patterns = Object.entries(table).map(([english, translated]) => {
    const names = [...english.matchAll(HOLE)].map(([, name]) => name as string);
    const parts = english.split(/%\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return { names, translated, pattern: new RegExp(`^${parts.join('(.+?)')}$`, 's') };
  });
  return (text) => {
    for (const { names, translated, pattern } of patterns) {
      const found = pattern.exec(text);
      if (!found) continue;
      const values = new Map(names.map((name, index) => [name, found[index + 1] ?? '']));
      return translated.replaceAll(HOLE, (_, name: string) => values.get(name) ?? '');
    }
    return undefined;
  };
}
