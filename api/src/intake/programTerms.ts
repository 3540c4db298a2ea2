import type { FactForm, OrderContent } from '@tributary/shared/facts';
import { type CompiledTerms, compileTerms, type Terms } from '@tributary/shared/terms';

export interface TermsVersion {
  id: string;
  number: number;
  holdsFrom: number;
  compiled: CompiledTerms;
}

/** A program with all its published versions, ready to decide by. */
export interface ProgramTerms {
  organizationId: string;
  programId: string;
  /** Sorted by the instant from which they hold, then by number. */
  versions: readonly TermsVersion[];
}

/** Under this name the switches of a program hold whether it is open, paused or closed. */
export const PROGRAM_STATUS = 'status';

/** With the name of a document behind it: from then on acceptances of versions before that one no longer count. */
export const DOCUMENT_RENEWAL = 'document ';

/** The version in force at an instant: of those that hold by then the one that holds from latest; the later published of two (ALL-02). */
export function versionAt(terms: ProgramTerms, at: number): TermsVersion {
  let found = terms.versions[0] as TermsVersion;
  for (const version of terms.versions) if (version.holdsFrom <= at) found = version;
  return found;
}

export function sortVersions(versions: TermsVersion[]): TermsVersion[] {
  return versions.sort((a, b) => a.holdsFrom - b.holdsFrom || a.number - b.number);
}

const forms = new WeakMap<CompiledTerms, FactForm>();

/** What form the terms ask of facts. */
export function formOf({ compiled }: TermsVersion): FactForm {
  let form = forms.get(compiled);
  if (form === undefined) {
    const { terms } = compiled;
    form = {
      declared: terms.facts ?? [],
      currency: terms.program.currency,
      currencyExponent: compiled.currencyExponent,
      countryRequired: (terms.requires ?? []).some((clause) => clause.fact === 'order.country'),
      activities: Object.keys(terms.activity?.amounts ?? {}),
    };
    forms.set(compiled, form);
  }
  return form;
}

const compiledDocuments = new Map<string, CompiledTerms>();

/** Compiles a document once in the life of the process; documents are many times the same in sandboxes. */
export function compiledOnce(hash: string, document: () => Terms): CompiledTerms {
  let compiled = compiledDocuments.get(hash);
  if (compiled === undefined) {
    if (compiledDocuments.size > 200) compiledDocuments.clear();
    compiled = compileTerms(document());
    compiledDocuments.set(hash, compiled);
  }
  return compiled;
}

export function placedAt(content: OrderContent, toldAt: number): number {
  return content.occurredAt === undefined ? toldAt : Date.parse(content.occurredAt);
}
