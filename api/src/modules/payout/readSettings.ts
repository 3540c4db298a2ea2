import { readFileSync } from 'node:fs';
import { isValidBIC } from 'ibantools';
import { parse } from 'yaml';
import { CSV_VALUES } from './methods/csv.ts';
import type { BankTransferSettings, CsvSettings, PayoutSettings } from './settings.ts';

const OUTCOMES = ['sent', 'paid', 'failed', 'returned', 'unknown'] as const;

/** Columns where nothing else is said. */
const USUAL_TABLE: CsvSettings = {
  delimiter: ',',
  columns: [
    { title: 'Reference', value: 'id' },
    { title: 'Name', value: 'holder' },
    { title: 'Account', value: 'account' },
    { title: 'Amount', value: 'amount' },
    { title: 'Currency', value: 'currency' },
    { title: 'Payout currency', value: 'payee-currency' },
    { title: 'Purpose', value: 'purpose' },
  ],
  result: {
    id: 'Reference',
    status: 'Status',
    amount: 'Amount',
    currency: 'Currency',
    reason: 'Reason',
    words: { sent: 'sent', paid: 'paid', failed: 'failed', returned: 'returned', unknown: 'unknown' },
  },
};

interface Given extends Pick<PayoutSettings, 'paypal' | 'linesAtOnce'> {
  readonly settingsFile: string | undefined;
}

/** Settings of payment methods: from a file, and credentials from the environment. Throws what is wrong with the file. */
export function readPayoutSettings({ settingsFile, ...given }: Given): PayoutSettings {
  if (settingsFile === undefined) return { bankTransfer: { accounts: [] }, westernUnion: USUAL_TABLE, ...given };
  const file = new SettingsFile(settingsFile);
  const settings = file.read();
  const bankTransfer = readAccounts(settings['bank-transfer'], file);
  const westernUnion = readTable(settings['western-union'], file);
  file.end();
  return { bankTransfer, westernUnion, ...given };
}

type Values = Readonly<Record<string, unknown>>;

/** Finds everything that is wrong, not only the first. */
class SettingsFile {
  private readonly problems: string[] = [];
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  read(): Values {
    let value: unknown;
    try {
      value = parse(readFileSync(this.path, 'utf8'), { maxAliasCount: 0 });
    } catch (error) {
      throw new Error(`The payout settings ${this.path} can't be read: ${(error as Error).message}`);
    }
    return this.object(value, 'the file', ['bank-transfer', 'western-union']);
  }

  wrong(what: string): void {
    this.problems.push(what);
  }

  object(value: unknown, at: string, keys: readonly string[]): Values {
    if (value === undefined || value === null) return {};
    if (typeof value !== 'object' || Array.isArray(value)) {
      this.wrong(`${at} has no names with values`);
      return {};
    }
    for (const key of Object.keys(value)) if (!keys.includes(key)) this.wrong(`${at} has ${key}; expected ${keys.join(', ')}`);
    return value as Values;
  }

  list(value: unknown, at: string): unknown[] {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value;
    this.wrong(`${at} is no list`);
    return [];
  }

  text(value: unknown, at: string): string {
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    this.wrong(`${at} is no text`);
    return '';
  }

  optional(value: unknown, at: string): string | undefined {
    return value === undefined || value === null ? undefined : this.text(value, at);
  }

  end(): void {
    if (this.problems.length > 0)
      throw new Error(`The payout settings ${this.path} are wrong:\n${this.problems.map((one) => `  ${one}.`).join('\n')}`);
  }
}

function readAccounts(value: unknown, file: SettingsFile): BankTransferSettings {
  const { accounts } = file.object(value, 'bank-transfer', ['accounts']);
  return {
    accounts: file.list(accounts, 'bank-transfer.accounts').map((one, index) => {
      const at = `bank-transfer.accounts.${index}`;
      const account = file.object(one, at, ['currency', 'programs', 'name', 'account', 'bank']);
      const currency = file.text(account['currency'], `${at}.currency`);
      if (!/^[A-Z]{3}$/.test(currency)) file.wrong(`${at}.currency is no ISO 4217 code`);
      const bank = file.text(account['bank'], `${at}.bank`);
      if (!isValidBIC(bank)) file.wrong(`${at}.bank is no BIC`);
      const programs = account['programs'] === undefined ? undefined : file.list(account['programs'], `${at}.programs`).map(String);
      return {
        currency,
        programs,
        bank,
        name: file.text(account['name'], `${at}.name`),
        account: file.text(account['account'], `${at}.account`),
      };
    }),
  };
}

function readTable(value: unknown, file: SettingsFile): CsvSettings {
  const at = 'western-union';
  const given = file.object(value, at, ['delimiter', 'columns', 'answer']);
  const answer = file.object(given['answer'], `${at}.answer`, ['id', 'status', 'amount', 'currency', 'reason', 'words']);
  const columns = file.list(given['columns'], `${at}.columns`).map((one, index) => {
    const column = file.object(one, `${at}.columns.${index}`, ['title', 'value']);
    const name = file.text(column['value'], `${at}.columns.${index}.value`);
    if (!CSV_VALUES.includes(name)) file.wrong(`${at}.columns.${index}.value is ${name}; expected one of ${CSV_VALUES.join(', ')}`);
    return { title: file.text(column['title'], `${at}.columns.${index}.title`), value: name };
  });
  if (columns.length > 0 && !columns.some((column) => column.value === 'id')) file.wrong(`${at}.columns has no column with the id`);
  const delimiter = file.optional(given['delimiter'], `${at}.delimiter`) ?? USUAL_TABLE.delimiter;
  if (delimiter.length !== 1) file.wrong(`${at}.delimiter is not one character`);
  const usual = USUAL_TABLE.result;
  const isGiven = given['answer'] !== undefined;
  const title = (name: 'amount' | 'currency' | 'reason') => (isGiven ? file.optional(answer[name], `${at}.answer.${name}`) : usual[name]);
  return {
    delimiter,
    columns: columns.length > 0 ? columns : USUAL_TABLE.columns,
    result: {
      id: file.optional(answer['id'], `${at}.answer.id`) ?? usual.id,
      status: file.optional(answer['status'], `${at}.answer.status`) ?? usual.status,
      amount: title('amount'),
      currency: title('currency'),
      reason: title('reason'),
      words: answer['words'] === undefined ? usual.words : readWords(answer['words'], `${at}.answer.words`, file),
    },
  };
}

function readWords(value: unknown, at: string, file: SettingsFile): CsvSettings['result']['words'] {
  const given = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (given.length === 0) file.wrong(`${at} has no words`);
  return Object.fromEntries(
    given.map(([word, outcome]) => {
      const known = OUTCOMES.find((one) => one === outcome);
      if (known === undefined) file.wrong(`${at}.${word} is ${outcome}; expected one of ${OUTCOMES.join(', ')}`);
      return [word.toLowerCase(), known ?? 'unknown'];
    }),
  );
}
