import { readdirSync, readFileSync } from 'node:fs';
import { readTerms, type Terms } from '@tributary/shared/terms';

const FOLDER = new URL('programs/', import.meta.resolve('@tributary/shared/terms'));

/** The documents that come with the product, by the keys of their programs. */
export function readBundledTerms(): ReadonlyMap<string, Terms> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
  const documents = files.sort().map((name) => {
    const result = readTerms(readFileSync(new URL(name, FOLDER), 'utf8'));
    if (!result.ok)
      throw new Error(`The bundled ${name} is no terms document: ${result.findings.map(({ message }) => message).join('; ')}`);
    return result.terms;
  });
  return new Map(documents.map((terms) => [terms.program.key, terms]));
}
