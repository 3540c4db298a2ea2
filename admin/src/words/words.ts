import { createContext, use, useMemo } from 'react';
import { useLocaleState, useStore, useTranslate } from 'react-admin';
import { BEGINNING, formatDate, formatDecimal, formatInstant, formatWord, READER_ZONE } from '../ui/format.ts';
import { saidIn } from './said.ts';
import type { zh } from './zh.ts';

/** An English sentence that has its Chinese: pages can say nothing else. `%{name}` is filled in; `||||` parts one from many, by `smart_count`. */
export type Sentence = keyof typeof zh;

export interface Say {
  (sentence: Sentence, values?: Readonly<Record<string, unknown>>): string;
  /** A word of the API, such as a status: `CONTRACT_SENT`. */
  word(word: string): string;
  date(instant: string): string;
  /** What the API said in English, such as why it turned something away. */
  said(text: string): string;
  /** With its zone. */
  instant(instant: string): string;
  /** An exact decimal. */
  decimal(value: string): string;
  readonly locale: string;
}

export type Zone = 'UTC' | 'reader';

/** In which zone instants are shown: UTC, or the reader's. */
export function useZone() {
  return useStore<Zone>('zone', 'UTC');
}

/** How things are said on this page, found out once: a list asks in each of its cells. */
export const SayContext = createContext<Say | null>(null);

/** Says things in the reader's language. */
export function useSay(): Say {
  const say = use(SayContext);
  if (!say) throw new Error('Nobody said in which language');
  return say;
}

/** Of the reader's language and zone, for all that is below. */
export function useMadeSay(): Say {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const [zone] = useZone();
  return useMemo(() => sayIn(translate, locale, zone), [translate, locale, zone]);
}

function sayIn(translate: (key: string, options?: object) => string, locale: string, zone: Zone): Say {
  const timeZone = zone === 'UTC' ? 'UTC' : READER_ZONE;
  const say = (sentence: string, values: object = {}) => translate(sentence, { _: sentence, ...values });
  return Object.assign(say, {
    word: (word: string) => say(formatWord(word)),
    date: (instant: string) => (instant === BEGINNING ? say('the beginning') : formatDate(instant, locale, timeZone)),
    said: (text: string) => saidIn(locale, text),
    instant: (instant: string) => formatInstant(instant, locale, timeZone),
    decimal: (value: string) => formatDecimal(value, locale),
    locale,
  });
}
