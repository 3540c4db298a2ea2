import { checkCycles } from './cycles.ts';
import { checkImports } from './imports.ts';
import { checkPurity } from './purity.ts';
import { findLarge } from './sizes.ts';
import { type Finding, readSources } from './source.ts';
import { checkWords } from './words.ts';

export interface House {
  readonly files: number;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** The rules of the house that neither the linter nor the compiler knows. */
export function checkHouse(root: string): House {
  const sources = readSources(root);
  return {
    files: sources.length,
    errors: [...checkImports(sources), ...checkCycles(sources), ...checkPurity(sources), ...checkWords(root, sources)],
    warnings: findLarge(sources),
  };
}
