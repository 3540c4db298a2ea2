import { graphql, type ResultOf } from '../api/graphql.ts';
import { dayOf, textOf, wordOf } from '../provider/filters.ts';
import type { Source } from '../provider/source.ts';

const rowFragment = graphql(`
  fragment AuditRow on AuditEntry {
    id number act actor subject outcome program reason at before after codes address userAgent
  }
`);

const listDocument = graphql(
  `
  query AuditLog($first: Int!, $offset: Int!, $program: String, $act: String, $subject: String, $outcome: AuditOutcome, $from: Instant, $to: Instant) {
    auditLog(first: $first, offset: $offset, program: $program, act: $act, subject: $subject, outcome: $outcome, from: $from, to: $to) {
      pageInfo { hasNextPage }
      nodes { ...AuditRow }
    }
  }
`,
  [rowFragment],
);

export type AuditRecord = ResultOf<typeof rowFragment>;
export const OUTCOMES: readonly AuditRecord['outcome'][] = ['DONE', 'REFUSED'];

/** Without a total: the log is long, and counting it tells nothing. */
export const audit: Source<AuditRecord> = {
  async list(ask, { first, offset, filter }) {
    const { auditLog } = await ask(listDocument, {
      first,
      offset,
      program: textOf(filter, 'program'),
      act: textOf(filter, 'act'),
      subject: textOf(filter, 'subject'),
      outcome: wordOf(filter, 'outcome', OUTCOMES),
      from: dayOf(filter, 'from'),
      to: dayOf(filter, 'to'),
    });
    return { rows: auditLog.nodes, hasNextPage: auditLog.pageInfo.hasNextPage };
  },
  /** Entries are read by their list only. */
  one: () => Promise.resolve(null),
};
