import type { Permission } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import type { Outcome } from '../../platform/graphql/user-error.ts';
import type { RuleKind } from './rule.ts';

/** What an act would do, as far as it matters for whether a second person is needed. */
export interface Demand {
  /** Null: it is of the organization as a whole. */
  readonly programId: string | null;
  /** What it is about; one request about it waits at a time. */
  readonly subject: string;
  /** What is at stake, in minor units. */
  readonly amount?: { readonly minor: bigint; readonly unit: string };
  /** It needs a second person, whatever the rules say. */
  readonly always?: boolean;
}

/** An act that may need a second member of staff. */
export interface ApprovalKind<I = never, T = unknown> {
  /** What both need: the one who asks, and the one who approves. */
  readonly needs: Permission;
  /** Which rule says whether it takes two; left out: the demand does. */
  readonly rule?: RuleKind;
  /** What it would do; why it cannot be done; or null: doing it says itself why not, or changes nothing. */
  check(context: Context, input: I): Promise<Outcome<Demand | null>>;
  run(context: Context, input: I): Promise<Outcome<T>>;
}

/** Keeps the types of an act together. */
export const approvalKind = <I, T>(kind: ApprovalKind<I, T>): ApprovalKind<I, T> => kind;

/** What some registered act needs: whoever holds one of these may see and decide what waits. */
export const APPROVERS = [
  'terms.publish',
  'withdrawal.decide',
  'adjustment.post',
  'program.manage',
  'setting.manage',
] as const satisfies readonly [Permission, ...Permission[]];
