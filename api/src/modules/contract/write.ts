import { clausesOf, describePlaced, type Terms } from '@tributary/shared/terms';

export interface Parties {
  readonly organization: string;
  /** By the caller's id: who that is stands where it can be erased. */
  readonly affiliate: string;
}

export interface Basis {
  readonly terms: Terms;
  readonly version: number;
  /** Of the terms document, in hexadecimal digits. */
  readonly hash: string;
}

/** Words of staff that stand before the terms. */
export interface Preamble {
  readonly title: string;
  readonly number: number;
  readonly text: string;
}

/** The words of a contract: who, on which terms, and what they say, clause by clause. The same for the same content. */
export function writeContract(
  { organization, affiliate }: Parties,
  { terms, version, hash }: Basis,
  preambles: readonly Preamble[],
): string {
  const { name, key } = terms.program;
  const clauses = clausesOf(terms).map((placed, index) => `${index + 1}. [${placed.clause.id}] ${describePlaced(terms, placed)}`);
  return [
    `Contract on taking part in ${name}`,
    `Between ${organization} and the affiliate ${affiliate}.`,
    ...preambles.map(({ title, number, text }) => `${title} (version ${number})\n\n${text.trim()}`),
    `What is earned, when and how it is paid follows from the terms ${key}, version ${version}, with the SHA-256 ${hash}. In words:`,
    ...clauses,
  ].join('\n\n');
}
