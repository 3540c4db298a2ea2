import { graphql, type ResultOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import { programId, type Source } from '../provider/source.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const rowFragment = graphql(`
  fragment RedemptionRow on Redemption {
    externalId kind status points { value unit } redeemedAt decidedAt lapsesAt
    program { key name }
    affiliate { externalId name }
    coupon { status worth { amount currency } expiresAt heldUntil usedAt usedFor }
  }
`);

const listDocument = graphql(
  `
  query Redemptions(
    $first: Int!, $offset: Int!, $program: String, $affiliate: String, $kind: RedemptionKind, $status: RedemptionStatus
  ) {
    redemptions(first: $first, offset: $offset, program: $program, affiliate: $affiliate, kind: $kind, status: $status) {
      totalCount
      nodes { ...RedemptionRow }
    }
  }
`,
  [rowFragment],
);

const oneDocument = graphql(
  `
  query Redemption($program: String!, $id: String!) { redemption(program: $program, id: $id) { ...RedemptionRow } }
`,
  [rowFragment],
);

export const fulfil = graphql(`
  mutation FulfilRedemption($input: FulfilRedemptionInput!) { fulfilRedemption(input: $input) { userErrors { code message path } } }
`);
export const refuse = graphql(`
  mutation RefuseRedemption($input: RefuseRedemptionInput!) { refuseRedemption(input: $input) { userErrors { code message path } } }
`);
export const release = graphql(`
  mutation ReleaseRedemption($input: ReleaseRedemptionInput!) { releaseRedemption(input: $input) { userErrors { code message path } } }
`);

type Row = ResultOf<typeof rowFragment>;
export type RedemptionRecord = Row & { readonly id: string };
type Status = Row['status'];
type CouponStatus = NonNullable<Row['coupon']>['status'];

export const REDEMPTION_KINDS = ['COUPON', 'PRODUCT', 'CHECKOUT'] as const;
export const REDEMPTION_STATUSES: readonly Status[] = ['HELD', 'REDEEMED', 'CAPTURED', 'FULFILLED', 'RELEASED', 'REFUSED'];
export const REDEMPTION_TONES: Readonly<Record<Status, Tone>> = {
  HELD: 'waiting',
  REDEEMED: 'good',
  CAPTURED: 'good',
  FULFILLED: 'good',
  RELEASED: 'quiet',
  REFUSED: 'bad',
};
export const COUPON_TONES: Readonly<Record<CouponStatus, Tone>> = {
  VALID: 'good',
  HELD: 'waiting',
  USED: 'quiet',
  EXPIRED: 'quiet',
  VOID: 'bad',
};

const toRecord = (row: Row): RedemptionRecord => ({ ...row, id: programId.write(row.program.key, row.externalId) });

export const redemptions: Source<RedemptionRecord> = {
  async list(ask, { first, offset, filter }) {
    const { redemptions: found } = await ask(listDocument, {
      first,
      offset,
      program: textOf(filter, 'program'),
      affiliate: textOf(filter, 'affiliate'),
      kind: wordOf(filter, 'kind', REDEMPTION_KINDS),
      status: wordOf(filter, 'status', REDEMPTION_STATUSES),
    });
    return { rows: found.nodes.map(toRecord), total: found.totalCount };
  },
  async one(ask, id) {
    const { redemption } = await ask(oneDocument, programId.read(id));
    return redemption && toRecord(redemption);
  },
};
