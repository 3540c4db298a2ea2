/** One payment, as a method gets it. */
export interface PaymentLine {
  /** Ours, for ever: the provider's answers bear it, and nothing is ever sent under another one. */
  readonly id: string;
  /** Minor units. */
  readonly amount: bigint;
  readonly account: string;
  readonly holder: string | null;
  readonly bank: string | null;
  /** What the payee's account is in. */
  readonly payeeCurrency: string;
  /** What it is for, in the affiliate's eyes: program and withdrawal. */
  readonly purpose: string;
}

/** What goes one way in one currency, together. */
export interface PaymentPart {
  /** Ours, for ever: a provider that gets it twice pays once. */
  readonly id: string;
  readonly number: number;
  readonly program: string;
  readonly batch: string;
  readonly currency: string;
  readonly payeeCurrency: string;
  readonly exponent: number;
  readonly sentAt: Date;
  /** Day of the payment in the program's zone. */
  readonly day: string;
  readonly lines: number;
  readonly amount: bigint;
  /** The provider's own name for it. */
  readonly providerId: string | null;
  readonly isSandbox: boolean;
}

export interface SaidAmount {
  readonly text: string;
  readonly currency: string | undefined;
}

/** What somebody says became of a payment. */
export interface LineResult {
  readonly line: string;
  /** `sent`: on its way still; null: what is said means nothing to us, and nothing changes. */
  readonly outcome: 'sent' | 'paid' | 'failed' | 'returned' | 'unknown' | null;
  /** What was paid, where it is said, as it is written; without a currency in that of the payment. */
  readonly amount?: SaidAmount | undefined;
  readonly reason: string | null;
  readonly providerId?: string | undefined;
  /** In the provider's own words. */
  readonly said?: string | undefined;
}

/** What an answer says of a whole part: for every line of it that is not named itself. */
export interface PartResult {
  readonly part: string;
  readonly outcome: 'paid' | 'failed' | 'sent';
  readonly reason: string | null;
  /** How many payments it speaks of, and of what sum, where it says so, as it is written. */
  readonly count?: string;
  readonly sum?: string;
}

export type Result = LineResult | PartResult;

/** By files that staff take to the bank, and answers that they bring back. */
export interface FileWay {
  readonly contentType: string;
  readonly extension: string;
  /** The same part always makes the same file, to the byte. */
  write(part: PaymentPart, lines: AsyncIterable<PaymentLine>): AsyncIterable<string>;
  /** What an answer to it looks like, for whoever brings one. */
  readonly answer: string;
  /** Throws `UnreadableResult` where it can't be read. */
  read(answer: AsyncIterable<Uint8Array>): AsyncIterable<Result>;
}

export class UnreadableResult extends Error {}

/** What a provider answers to a part. */
export type Submitted =
  | { readonly kind: 'accepted'; readonly providerId: string }
  /** It says no, and has paid nothing. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It was not reached: certainly nothing was paid. */
  | { readonly kind: 'not-sent'; readonly reason: string }
  /** It may have been taken or not: only asking again under the same id can tell. */
  | { readonly kind: 'unclear'; readonly reason: string };

export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A part that something has happened to, by our id of it and by the provider's own name. */
export interface NamedPart {
  readonly part: string | undefined;
  readonly providerId: string | undefined;
}

/** By a provider's API. */
export interface ProviderWay {
  submit(part: PaymentPart, lines: AsyncIterable<PaymentLine>): Promise<Submitted>;
  /** What it says now of the lines of a part that it has accepted. */
  results(part: PaymentPart): AsyncIterable<Result>;
  /** Null: it does not come from the provider. Otherwise the parts it is about: they are asked for at once. */
  webhook(request: WebhookRequest): Promise<readonly NamedPart[] | null>;
}

/** A way in which money leaves: one folder each. */
export interface PaymentMethod {
  readonly kind: string;
  readonly mostLines: number;
  /** Why nothing can be paid this way; null: it can. */
  unready(part: { readonly currency: string; readonly program: string; readonly isSandbox: boolean }): string | null;
  readonly way: { readonly file: FileWay } | { readonly provider: ProviderWay };
}
