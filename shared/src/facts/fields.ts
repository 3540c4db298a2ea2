import { formatDecimal, formatPercent, HUNDRED_PERCENT, parseDecimal, parsePercent, trimZeros } from '../money/index.ts';
import { countryCodes } from '../terms/codes.ts';
import type { DeclaredFact, FactLevel } from '../terms/document.ts';
import { formatInstant, parseInstant } from '../time/index.ts';
import type { Refusal } from './content.ts';
import type { AttributeValue } from './decisionFacts.ts';

/** Facts from before this instant are taken for a mistake. */
const EARLIEST_INSTANT = Date.UTC(1990, 0, 1);
/** 10^13 minor units: far above any order, far below what sums could overflow on. */
export const LARGEST_AMOUNT = 10_000_000_000_000n;

const ID = /^[\p{L}\p{N}][\p{L}\p{N}._:@/+ -]{0,127}$/u;
const ADDRESS = /@[^@\s]+\.[^@\s.]+$/;
const [LETTER, SIGN] = [1, 2];
/** Of ASCII what ids may hold: nearly all ids are made of nothing else, and need no search. */
const ID_CODES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[A-Za-z0-9]/.test(character) ? LETTER : /[._:@/+ -]/.test(character) ? SIGN : 0;
});

function isId(text: string): boolean {
  if (text.length === 0 || text.length > 128 || ID_CODES[text.charCodeAt(0)] !== LETTER) return ID.test(text);
  for (let i = 1; i < text.length; i++) if (!ID_CODES[text.charCodeAt(i)]) return ID.test(text);
  return true;
}

/** Control characters save tab and line breaks, and the mark that a decoder leaves where bytes were no text. */
function isUnreadable(text: string): boolean {
  if (isPrintable(text)) return false;
  if (!text.isWellFormed() || text.includes('\ufffd')) return true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 127) return true;
  }
  return false;
}

/** Nothing but printable ASCII, as most words are. */
function isPrintable(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code > 126) return false;
  }
  return true;
}

/** Written as we write amounts, and far from being too large. */
function isNormalAmount(text: string, exponent: number): boolean {
  const { length } = text;
  const point = exponent === 0 ? length : length - exponent - 1;
  if (point < 1 || length > 12 || (point > 1 && text.charCodeAt(0) === 48)) return false;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (i === point ? code !== 46 : code < 48 || code > 57) return false;
  }
  return true;
}

/** Written as we write percentages, below a hundred: no zero in front, none behind a point. */
function isNormalPercent(text: string): boolean {
  const { length } = text;
  const point = text.charCodeAt(1) === 46 ? 1 : text.charCodeAt(2) === 46 ? 2 : length;
  if (length === 0 || point > 2 || (point === 2 && text.charCodeAt(0) === 48)) return false;
  if (point < length && (length - point > 7 || point === length - 1 || text.charCodeAt(length - 1) === 48)) return false;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (i !== point && (code < 48 || code > 57)) return false;
  }
  return true;
}

/** Collects what is wrong with a fact while its fields are brought into normal form. The first refusal is answered. */
export class FieldReader {
  refusal: Refusal | null = null;

  refuse(path: readonly string[], message: string): undefined {
    this.refusal ??= { code: 'INVALID', message, path: [...path] };
    return undefined;
  }

  /** A caller's id: letters, digits and a few signs, at most 128. */
  id(value: string, path: readonly string[]): string {
    if (!isId(value))
      this.refuse(path, `"${shorten(value)}" is no id: one letter or digit, then up to 127 letters, digits or . _ : @ / + - and spaces.`);
    return value;
  }

  optionalId(value: string | null | undefined, path: readonly string[]): string | undefined {
    return value === null || value === undefined ? undefined : this.id(value, path);
  }

  /** What callers name a person by. It stays for ever in facts, so it must not tell who the person is. */
  pseudonym(value: string, path: readonly string[]): string {
    if (value.includes('@') && ADDRESS.test(value))
      this.refuse(path, `"${shorten(value)}" is an e-mail address: name people by an id that does not tell who they are.`);
    return this.id(value, path);
  }

  optionalPseudonym(value: string | null | undefined, path: readonly string[]): string | undefined {
    return value === null || value === undefined ? undefined : this.pseudonym(value, path);
  }

  text(value: string | null | undefined, path: readonly string[], longest = 500): string | undefined {
    if (value === null || value === undefined) return undefined;
    if (value.length > longest) return this.refuse(path, `The text has ${value.length} characters; at most ${longest} are allowed.`);
    if (isUnreadable(value)) return this.refuse(path, 'The text holds control characters or is not valid Unicode.');
    return value;
  }

  country(value: string | null | undefined, path: readonly string[]): string | undefined {
    if (value === null || value === undefined) return undefined;
    if (!countryCodes.has(value)) return this.refuse(path, `"${shorten(value)}" is no ISO 3166-1 alpha-2 country code such as DE.`);
    return value;
  }

  oneOf(value: string | null | undefined, allowed: readonly string[], path: readonly string[]): string | undefined {
    if (value === null || value === undefined) return undefined;
    if (!allowed.includes(value)) return this.refuse(path, `"${shorten(value)}" is not one of ${allowed.join(', ')}.`);
    return value;
  }

  /** An amount that is not negative and no more precise than the currency; answered in normal form. */
  amount(value: string | null | undefined, exponent: number, path: readonly string[]): string | undefined {
    if (value === null || value === undefined) return undefined;
    if (isNormalAmount(value, exponent)) return value;
    const minor = parseDecimal(value, exponent);
    if (minor === null)
      return this.refuse(path, `"${shorten(value)}" is no amount with at most ${exponent} decimal places, such as "12.30".`);
    if (minor < 0n) return this.refuse(path, `"${shorten(value)}" is negative.`);
    if (minor > LARGEST_AMOUNT) return this.refuse(path, `"${shorten(value)}" is larger than any amount taken.`);
    return formatDecimal(minor, exponent);
  }

  percent(value: string | null | undefined, path: readonly string[]): string | undefined {
    if (value === null || value === undefined) return undefined;
    if (isNormalPercent(value)) return value;
    const rate = parsePercent(value);
    if (rate === null || rate < 0n || rate > HUNDRED_PERCENT)
      return this.refuse(path, `"${shorten(value)}" is no percentage from 0 to 100 with at most 6 decimal places, such as "4.5".`);
    return formatPercent(rate);
  }

  quantity(value: number | null | undefined, path: readonly string[]): number {
    const quantity = value ?? 1;
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > 1_000_000)
      this.refuse(path, `${quantity} is no quantity from 1 to 1000000.`);
    return quantity;
  }

  /** An instant that is neither absurd nor in the future. */
  instant(value: string | number | null | undefined, now: number, path: readonly string[]): { at: number; given: string | undefined } {
    if (value === null || value === undefined) return { at: now, given: undefined };
    const at = typeof value === 'number' ? value : parseInstant(value);
    if (at === null) {
      this.refuse(path, `"${shorten(String(value))}" is no instant such as 2026-03-01T12:00:00Z, to the millisecond at most.`);
      return { at: now, given: undefined };
    }
    if (at < EARLIEST_INSTANT) this.refuse(path, `${formatInstant(at)} is before 1990.`);
    if (at > now) this.refuse(path, `${formatInstant(at)} lies in the future: it is ${formatInstant(now)} now.`);
    const isNormal = typeof value === 'string' && value.length === 20 && value[10] === 'T' && value[19] === 'Z';
    return { at, given: isNormal ? value : formatInstant(at) };
  }

  /** Attributes as the terms declare them for this level. */
  attributes(
    values: readonly { name: string; value: string }[] | null | undefined,
    level: FactLevel,
    declared: readonly DeclaredFact[],
    path: readonly string[],
  ): Record<string, AttributeValue> | undefined {
    if (values === null || values === undefined || values.length === 0) return undefined;
    const result: Record<string, AttributeValue> = {};
    for (const { name, value } of [...values].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const fact = declared.find((item) => item.level === level && item.name === name);
      const at = [...path, name];
      if (fact === undefined) {
        const known = declared.filter((item) => item.level === level).map((item) => item.name);
        this.refuse(
          at,
          `The terms declare no ${level} attribute "${shorten(name)}"; they declare ${known.length === 0 ? 'none' : known.join(', ')}.`,
        );
      } else if (Object.hasOwn(result, name)) {
        this.refuse(at, `The attribute "${name}" is given twice.`);
      } else {
        const read = this.attribute(value, fact.type, at);
        if (read !== undefined) result[name] = read;
      }
    }
    return result;
  }

  /** Any decimal number in the shortest way to write it. */
  private decimal(value: string, path: readonly string[]): string | undefined {
    const parsed = parseDecimal(value, 12);
    return parsed === null ? this.refuse(path, `"${shorten(value)}" is no decimal number.`) : trimZeros(formatDecimal(parsed, 12));
  }

  /** A sum of amounts is bounded like each of them. */
  sum(amounts: readonly bigint[], path: readonly string[]): void {
    let sum = 0n;
    for (const amount of amounts) sum += amount;
    if (sum > LARGEST_AMOUNT) this.refuse(path, 'Together the lines are larger than any amount taken.');
  }

  private attribute(value: string, type: DeclaredFact['type'], path: readonly string[]): AttributeValue | undefined {
    switch (type) {
      case 'boolean':
        return value === 'true' ? true : value === 'false' ? false : this.refuse(path, `"${shorten(value)}" is neither true nor false.`);
      case 'country':
        return this.country(value, path);
      case 'integer':
        return /^-?\d{1,15}$/.test(value) ? Number(value) : this.refuse(path, `"${shorten(value)}" is no whole number.`);
      case 'decimal':
        return this.decimal(value, path);
      case 'text':
        return this.text(value, path);
    }
  }
}

function shorten(value: string): string {
  return value.length <= 60 ? value : `${value.slice(0, 57)}...`;
}
