/** Sentences of the API with holes for what they are about, and the same in another language. */
export type SaidTable = Readonly<Record<string, string>>;

/** What steps of decisions concluded: by their kind and their conclusion, with the `subject` and the `amount` filled in. */
export type StepTable = Readonly<Record<string, string>>;

type Translate = (text: string) => string | undefined;

interface Language {
  readonly translate: Translate;
  readonly steps: StepTable;
}

const languages = new Map<string, Language>();

/** Has a language say what the API says in English. */
export function learnSaid(locale: string, table: SaidTable, steps: StepTable): void {
  languages.set(locale, { translate: translatorOf(table), steps });
}

/** What the API says, in the reader's language where it is known there, and as it came otherwise. */
export function saidIn(locale: string, text: string): string {
  return languages.get(locale)?.translate(text) ?? text;
}

/** A step's conclusion in the reader's language; undefined: only its English sentence tells it. */
export function stepIn(locale: string, step: { readonly kind: string; readonly conclusion: string }, values: Values): string | undefined {
  return fill(languages.get(locale)?.steps[`${step.kind} ${step.conclusion}`], values);
}

type Values = Readonly<Record<string, string>>;

function fill(text: string | undefined, values: Values): string | undefined {
  return text?.replaceAll(HOLE, (_, name: string) => values[name] ?? '');
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
      return fill(translated, Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ''])));
    }
    return undefined;
  };
}
