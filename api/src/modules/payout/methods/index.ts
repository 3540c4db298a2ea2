import type { PayoutSettings } from '../settings.ts';
import { bankTransfer } from './bank-transfer/index.ts';
import type { PaymentMethod } from './method.ts';
import { paypal } from './paypal/index.ts';
import { westernUnion } from './western-union/index.ts';

export * from './method.ts';

/** Every way in which money leaves; a new one is a folder beside these and a line here. */
export class PaymentMethods {
  /** Lines of a batch that are written in one transaction. */
  readonly linesAtOnce: number;
  private readonly methods: ReadonlyMap<string, PaymentMethod>;

  constructor(settings: PayoutSettings) {
    const all = [bankTransfer(settings.bankTransfer), paypal(settings.paypal), westernUnion(settings.westernUnion)];
    this.linesAtOnce = settings.linesAtOnce;
    this.methods = new Map(all.map((method) => [method.kind, method]));
  }

  find(kind: string): PaymentMethod | undefined {
    return this.methods.get(kind);
  }

  of(kind: string): PaymentMethod {
    const found = this.find(kind);
    if (found === undefined) throw new Error(`There is no payment method ${kind}`);
    return found;
  }
}
