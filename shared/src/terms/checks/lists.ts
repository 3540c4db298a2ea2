import { countriesMeant, countryCodes, isHost } from '../codes.ts';
import { at } from '../finding.ts';
import type { CheckContext, ListUse } from './context.ts';
import { overlap, type Period, periodOf } from './periods.ts';

/** Two letters may differ, so a shorter word would be near to almost anything. */
const SHORTEST_WORD = 4;

/** Entries of lists: each once at a time, and fit for what the list is used as. To be called after all uses are known. */
export function checkLists(context: CheckContext): void {
  for (const [name, entries] of Object.entries(context.terms.lists ?? {})) {
    const path = at('lists', name);
    const uses = context.listUses.get(name);
    if (uses && entries?.length === 0) {
      context.findings.add('MISSING', path, { expected: 'at least one entry', says: 'the list is used and empty' });
    }
    const seen = new Map<string, Period[]>();
    for (const [i, entry] of (entries ?? []).entries()) {
      const value = typeof entry === 'string' ? entry : entry?.value;
      if (value === undefined) continue;
      const where = typeof entry === 'string' ? at(path, i) : at(at(path, i), 'value');
      const period = periodOf(context, typeof entry === 'string' ? {} : (entry ?? {}));
      const earlier = seen.get(value) ?? [];
      if (earlier.some((other) => overlap(other, period))) {
        context.findings.add('DUPLICATE', where, { found: value, expected: 'each value once', says: 'the value is in the list twice' });
      }
      seen.set(value, [...earlier, period]);
      for (const use of uses ?? []) checkEntry(context, use, value, where);
    }
  }
}

function checkEntry({ findings }: CheckContext, use: ListUse, value: string, path: string): void {
  if (use === 'countries' && !countryCodes.has(value)) {
    const expected = 'a country code of ISO 3166-1, such as DE';
    findings.add('BAD_VALUE', path, { found: value, expected, among: countriesMeant(value), says: 'no such country' });
  }
  if (use === 'hosts' && !isHost(value)) {
    findings.add('BAD_VALUE', path, { found: value, expected: 'a host such as shop.example', says: 'no host' });
  }
  if (use === 'words' && [...value.replace(/[^\p{L}\p{N}]/gu, '')].length < SHORTEST_WORD) {
    const says = 'too short to look for similar words: two letters may differ';
    findings.add('BAD_VALUE', path, { found: value, expected: `a word of at least ${SHORTEST_WORD} letters`, says });
  }
}
