import type { FieldReader } from '@tributary/shared/facts';
import type { Needs } from '../../../access/index.ts';
import type { Outcome } from '../../../platform/graphql/user-error.ts';
import type { Act } from '../../affiliate/index.ts';
import type { Request } from '../request.entity.ts';
import type { OpenRequestInput } from '../request.input.ts';

/** What is told of a request beside its words; each kind takes some of it. */
export type Told = 'class' | 'channel' | 'trafficSource' | 'order' | 'product' | 'productPrice' | 'points' | 'discounts' | 'payoutMethod';

export type Asked = Pick<Request, 'subject' | 'details'>;

/** A kind of request: what it takes, and what follows from granting and refusing it. All of it happens in the transaction of the act. */
export interface KindOfRequest {
  readonly needed: readonly Told[];
  readonly taken: readonly Told[];
  /** What granting or refusing needs, beside answering requests. */
  readonly needs?: Needs;
  /** Only those who take part ask for it. */
  readonly forActive: boolean;
  /** About one thing one request is open at a time. */
  readonly isSingle: boolean;
  /** What it is about, in normal form. Left out: nothing but words. */
  read?(input: OpenRequestInput, read: FieldReader): Asked;
  /** What opening it does; answers what stands for it elsewhere. */
  begin?(act: Act, asked: Asked, input: OpenRequestInput): Promise<Outcome<{ id: string } | null>>;
  grant?(act: Act, request: Request, text: string | null): Promise<Outcome<unknown>>;
  refuse?(act: Act, request: Request, reason: string): Promise<Outcome<unknown>>;
  withdraw?(act: Act, request: Request): Promise<Outcome<unknown>>;
}
