import { graphql, type ResultOf } from '../api/graphql.ts';
import type { Clause } from './source.ts';

export const documentsDocument = graphql(`
  query TermsDocuments($key: String!) {
    program(key: $key) {
      key
      name
      terms { number }
      termsVersions { id number holdsFrom document clauses { path rule sentence source assumed } }
    }
    now
  }
`);

export const draftDocument = graphql(`
  query DraftTerms($program: String!, $document: String!, $holdsFrom: Instant!) {
    draftTerms(program: $program, document: $document, holdsFrom: $holdsFrom) {
      clauses { path rule sentence source assumed }
      problems { code message path }
    }
  }
`);

/** A part of the orders of a period by a draft. They are counted with the first part only. */
export const backTestDocument = graphql(`
  query BackTest(
    $program: String!, $document: String!, $holdsFrom: Instant!, $from: Instant!, $to: Instant!, $after: String, $isFirst: Boolean!
  ) {
    backTestTerms(program: $program, document: $document, holdsFrom: $holdsFrom, from: $from, to: $to, after: $after) {
      problems { message path }
      classes { class orders changed before { value unit } after { value unit } }
      endCursor
      total @include(if: $isFirst)
    }
  }
`);

export const publishDocument = graphql(`
  mutation PublishTerms($input: PublishTermsInput!) {
    publishTerms(input: $input) { approval { id } termsVersion { number } userErrors { code message path } }
  }
`);

export type Documents = NonNullable<ResultOf<typeof documentsDocument>['program']>;

/** What a clause said and says; null: it is not there. */
export interface ChangedClause {
  readonly path: string;
  readonly rule: string;
  /** What of the clause it is about; left out: what it says. */
  readonly of?: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What differs between two readings, in the order of the new one; what went comes last. */
export function changesOf(before: readonly Clause[], after: readonly Clause[]): readonly ChangedClause[] {
  const old = new Map(before.map((clause) => [clause.path, clause]));
  const kept = new Set(after.map(({ path }) => path));
  const changed = after.flatMap(({ path, rule, sentence }) => {
    const was = old.get(path)?.sentence ?? null;
    return was === sentence ? [] : [{ path, rule, before: was, after: sentence }];
  });
  const gone = before
    .filter(({ path }) => !kept.has(path))
    .map(({ path, rule, sentence }) => ({ path, rule, before: sentence, after: null }));
  return [...changed, ...gone];
}
