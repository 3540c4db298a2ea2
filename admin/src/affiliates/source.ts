import { graphql, type ResultOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import type { Source } from '../provider/source.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const rowFragment = graphql(`
  fragment AffiliateRow on Affiliate {
    externalId
    name
    email
    country
    createdAt
    enrollments {
      id
      program { key name }
      status
      class
      warnings
      statusHistory { status at reason doneBy }
    }
  }
`);

const detailFragment = graphql(`
  fragment AffiliateDetail on Affiliate {
    enrollments {
      id
      paidSales { amount currency }
      payingCustomers
      qualityFactor
      documents
      customer
      permissions { channel granted since }
      application { kind channels }
      accountManager { name email }
    }
  }
`);

const listDocument = graphql(
  `
  query Affiliates(
    $first: Int!, $offset: Int!, $program: String, $status: EnrollmentStatus, $class: String, $search: String, $sort: AffiliateSort!
  ) {
    affiliates(first: $first, offset: $offset, program: $program, status: $status, class: $class, search: $search, sort: $sort) {
      totalCount
      nodes { ...AffiliateRow }
    }
  }
`,
  [rowFragment],
);

const oneDocument = graphql(
  `
  query Affiliate($id: String!) { affiliate(id: $id) { ...AffiliateRow ...AffiliateDetail } }
`,
  [rowFragment, detailFragment],
);

type Row = ResultOf<typeof rowFragment>;
export type AffiliateRecord = Row & { readonly id: string };
export type Enrollment = Row['enrollments'][number];
export type EnrollmentStatus = Enrollment['status'];
/** What a record of its own adds to the row of a list. */
export type EnrollmentDetail = Enrollment & ResultOf<typeof detailFragment>['enrollments'][number];

export const ENROLLMENT_STATUSES: readonly EnrollmentStatus[] = [
  'APPLIED',
  'APPROVED',
  'CONTRACT_SENT',
  'ACTIVE',
  'REJECTED',
  'SUSPENDED',
  'TERMINATED',
];
export const ENROLLMENT_TONES: Readonly<Record<EnrollmentStatus, Tone>> = {
  APPLIED: 'waiting',
  APPROVED: 'waiting',
  CONTRACT_SENT: 'waiting',
  ACTIVE: 'good',
  REJECTED: 'bad',
  SUSPENDED: 'bad',
  TERMINATED: 'quiet',
};

export const affiliates: Source<AffiliateRecord> = {
  async list(ask, { first, offset, sort, filter }) {
    const { affiliates: found } = await ask(listDocument, {
      first,
      offset,
      program: textOf(filter, 'program'),
      status: wordOf(filter, 'status', ENROLLMENT_STATUSES),
      class: textOf(filter, 'class'),
      search: textOf(filter, 'search'),
      sort: sort.descending ? 'NEWEST' : 'OLDEST',
    });
    return { rows: found.nodes.map((row) => ({ ...row, id: row.externalId })), total: found.totalCount };
  },
  async one(ask, id) {
    const { affiliate } = await ask(oneDocument, { id });
    return affiliate && { ...affiliate, id: affiliate.externalId };
  },
};
