import type { Step } from '@tributary/shared/decide';
import type { Context } from '../../context.ts';
import type { Amount } from '../../platform/graphql/money.ts';
import type { Affiliate } from '../affiliate/index.ts';
import type { CommissionStatus, Order } from '../order/index.ts';

/** A decision as stored, without its derivation. */
export interface DecisionRow {
  readonly orderId: string;
  readonly revision: number;
  readonly programId: string;
  readonly termsVersionId: string;
  readonly affiliateId: string | null;
  readonly status: string;
  readonly unit: string;
  readonly amount: bigint;
  readonly availableAt: Date | null;
  readonly expiresAt: Date | null;
  readonly rules: string[];
  readonly lineAmounts: bigint[];
  readonly decidedAt: Date;
  readonly cause: string;
}

/** Columns of {@link DecisionRow}, of the table named `d`. */
export const DECISION_COLUMNS = `d.order_id as "orderId", d.revision, d.program_id as "programId", d.terms_version_id as "termsVersionId", d.affiliate_id as "affiliateId",
  d.status, d.unit, d.amount, d.available_at as "availableAt", d.expires_at as "expiresAt", d.rules, d.line_amounts as "lineAmounts", d.decided_at as "decidedAt", d.cause`;

/** The derivation of one decision, with the version of the terms that its clause numbers are of. */
export interface Derivation {
  readonly steps: readonly Step[];
  readonly termsVersionId: string;
  readonly programId: string;
}

type Lazy<T> = T | ((args: object, context: Context) => Promise<T>);

/** What an order earns, as the API shows it. */
export interface Commission {
  readonly id: string;
  readonly orderId: string;
  readonly orderExternalId: Lazy<string>;
  readonly programId: string;
  readonly affiliateId: string | null;
  readonly order: Lazy<Order | null>;
  readonly affiliate: Lazy<Affiliate | null>;
  readonly status: CommissionStatus;
  readonly unit: string;
  readonly exponent: number;
  readonly amount: Amount;
  readonly lineAmounts: readonly bigint[];
  /** It went to somebody else, or to nobody: what is told of the decision is told of that. */
  readonly moved: boolean;
  readonly because: Lazy<readonly string[]>;
  readonly availableAt: Date | null;
  readonly expiresAt: Date | null;
  readonly termsVersionId: string;
  readonly revision: number;
  readonly decidedAt: Date;
  readonly cause: string;
}
