import { graphql, type ResultOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import { programId, type Source } from '../provider/source.ts';

const rowFragment = graphql(`
  fragment ApplicationRow on Enrollment {
    affiliate { externalId name email }
    program { key name }
    status
    class
    country
    createdAt
    flags
    warnings
    application { kind channels }
    trafficSources { id kind name url flags }
    statusHistory { status at reason doneBy }
  }
`);

const listDocument = graphql(
  `
  query Applications($first: Int!, $offset: Int!, $program: String, $status: EnrollmentStatus) {
    enrollments(first: $first, offset: $offset, program: $program, status: $status) { totalCount nodes { ...ApplicationRow } }
  }
`,
  [rowFragment],
);

const oneDocument = graphql(
  `
  query Application($program: String!, $affiliate: String!) {
    enrollment(program: $program, affiliate: $affiliate) { ...ApplicationRow }
  }
`,
  [rowFragment],
);

type Row = ResultOf<typeof rowFragment>;
export type ApplicationRecord = Row & { readonly id: string };

/** What an application can be on its way to becoming active. */
export const APPLICATION_STATUSES = ['APPLIED', 'APPROVED', 'CONTRACT_SENT', 'REJECTED'] as const;

const toRecord = (row: Row): ApplicationRecord => ({ ...row, id: programId.write(row.program.key, row.affiliate.externalId) });

export const applications: Source<ApplicationRecord> = {
  async list(ask, { first, offset, filter }) {
    const status = wordOf(filter, 'status', APPLICATION_STATUSES);
    const { enrollments } = await ask(listDocument, { first, offset, program: textOf(filter, 'program'), status });
    return { rows: enrollments.nodes.map(toRecord), total: enrollments.totalCount };
  },
  async one(ask, id) {
    const { program, id: affiliate } = programId.read(id);
    const { enrollment } = await ask(oneDocument, { program, affiliate });
    return enrollment && toRecord(enrollment);
  },
};
