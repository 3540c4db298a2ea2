import type { DeclaredFact } from '../../terms/document.ts';
import type { Refusal } from '../content.ts';
import type { FieldReader } from '../fields.ts';

export type Optional<T> = T | null | undefined;
export interface AttributeInput {
  name: string;
  value: string;
}

/** What the terms say of the form of facts. */
export interface FactForm {
  declared: readonly DeclaredFact[];
  currency: string;
  currencyExponent: number;
  countryRequired: boolean;
  /** Kinds of activity that earn. */
  activities: readonly string[];
}

export type Normal<T> = { ok: true; content: T; at: number } | { ok: false; refusal: Refusal };

export function finish<T>(read: FieldReader, content: T, at: number): Normal<T> {
  return read.refusal === null ? { ok: true, content, at } : { ok: false, refusal: read.refusal };
}

export function checkCurrency(given: Optional<string>, { currency }: FactForm, read: FieldReader): void {
  if (given !== null && given !== undefined && given !== currency) read.refuse(['currency'], `The program's prices are in ${currency}.`);
}
