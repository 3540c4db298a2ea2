/** What the environment and the settings file say of payment methods. */
export interface PayoutSettings {
  readonly bankTransfer: BankTransferSettings;
  readonly paypal: PayPalSettings;
  readonly westernUnion: CsvSettings;
  /** Lines of a batch in one transaction. */
  readonly linesAtOnce: number;
}

/** Accounts that are paid from. */
export interface BankTransferSettings {
  readonly accounts: readonly DebtorAccount[];
}

export interface DebtorAccount {
  readonly currency: string;
  /** The programs that pay from it; none named: all. */
  readonly programs?: readonly string[] | undefined;
  readonly name: string;
  readonly account: string;
  readonly bank: string;
}

/** Of live organizations and of sandboxes: a sandbox never pays with live credentials. */
export interface PayPalSettings {
  readonly live: PayPalAccount | undefined;
  readonly sandbox: PayPalAccount | undefined;
}

export interface PayPalAccount {
  readonly url: string;
  readonly clientId: string;
  readonly secret: string;
  readonly webhookId: string | undefined;
}

/** How files with columns look that go out and come back. */
export interface CsvSettings {
  readonly delimiter: string;
  readonly columns: readonly { readonly title: string; readonly value: string }[];
  readonly result: {
    /** Titles of the columns of an answer. */
    readonly id: string;
    readonly status: string;
    readonly amount: string | undefined;
    readonly currency: string | undefined;
    readonly reason: string | undefined;
    /** What the provider's words mean. */
    readonly words: Readonly<Record<string, 'sent' | 'paid' | 'failed' | 'returned' | 'unknown'>>;
  };
}
