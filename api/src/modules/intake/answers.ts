import type { Context } from '../../context.ts';
import type { UserError } from '../../platform/graphql/user-error.ts';
import { ordersById } from '../order/index.ts';
import { customersById } from '../referral/index.ts';
import { clicksById } from '../tracking/index.ts';
import type { RecordedFact } from './intake.service.ts';

/** What a recording answers. What it is about is read only when it is asked for. */
export class Answer {
  readonly id: string | null;
  readonly repeated: boolean;
  readonly userErrors: UserError[];
  readonly index: number;

  constructor({ id, repeated, userErrors }: RecordedFact, index = 0) {
    this.id = id;
    this.repeated = repeated;
    this.userErrors = userErrors;
    this.index = index;
  }

  order(_: unknown, context: Context): unknown {
    return this.id === null ? null : context.load(ordersById).load(this.id);
  }

  click(_: unknown, context: Context): unknown {
    return this.id === null ? null : context.load(clicksById).load(this.id);
  }

  customer(_: unknown, context: Context): unknown {
    return this.id === null ? null : context.load(customersById).load(this.id);
  }
}
