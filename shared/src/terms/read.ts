import { checkTerms } from './checks.ts';
import type { Terms } from './document.ts';
import type { Draft } from './draft.ts';
import { Findings, type ReadResult } from './finding.ts';
import { plainCopy } from './read/copy.ts';
import { parseText } from './read/parse.ts';
import { StructureReader } from './read/structure.ts';

/** Reads a terms document from YAML or JSON text. Everything that is wrong with it is found at once. */
export function readTerms(source: string): ReadResult {
  const findings = new Findings();
  const value = parseText(source, findings);
  // A text that is cut off or damaged says nothing reliable about what it means.
  return findings.list.length > 0 ? { ok: false, findings: findings.list } : validateTerms(value);
}

/** Whether a value from anywhere is a terms document that one can decide by. Never throws. */
export function validateTerms(value: unknown): ReadResult {
  const findings = new Findings();
  let copy: unknown;
  try {
    copy = plainCopy(value, findings);
  } catch {
    findings.add('NOT_PARSABLE', '', { says: 'the value cannot be read', expected: 'a plain object' });
  }
  // Beyond the limits nothing is looked at: the rest of the work is not bounded there.
  if (findings.list.some((finding) => finding.path === '')) return { ok: false, findings: findings.list };
  const draft = new StructureReader(findings).read({ kind: 'object', shape: 'Terms' }, copy, '');
  if (draft !== undefined) checkTerms(draft as Draft<Terms>, findings);
  return findings.list.length > 0 ? { ok: false, findings: findings.list } : { ok: true, terms: draft as Terms };
}
