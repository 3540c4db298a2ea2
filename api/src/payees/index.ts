import type { PayeeDetails } from '@tributary/shared/payout';
import { isValidBIC } from 'ibantools';
import { checkBankAccount } from './bankAccount.ts';

export { inBankLetters } from './bankLetters.ts';

/** What keeps money from being paid to somebody. */
export interface DetailProblem {
  readonly field: 'account' | 'holder' | 'bank';
  /** It was not given yet. Otherwise what was given can't be right, whatever else is given. */
  readonly missing: boolean;
  /** For people: what is wrong, and what to give. */
  readonly message: string;
}

export type CheckDetails = (details: Omit<PayeeDetails, 'method' | 'currency'>) => DetailProblem[];

const ADDRESS = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,255}$/;

/** What each way of paying needs to know. */
const CHECKS: Readonly<Record<string, CheckDetails>> = {
  'bank-transfer': checkBankAccount,
  paypal: ({ account }) => {
    if (account === null)
      return [{ field: 'account', missing: true, message: "Give the account: the e-mail address of the payee's PayPal account." }];
    if (ADDRESS.test(account)) return [];
    // A name of some kind says whom, and the address may follow; an address that is none is a slip.
    const missing = !account.includes('@');
    return [{ field: 'account', missing, message: 'Give the e-mail address of the PayPal account: what is given is none.' }];
  },
  'western-union': ({ holder }) =>
    holder === null || holder.trim() === ''
      ? [{ field: 'holder', missing: true, message: 'Give the holder: the name of the payee, as in their passport.' }]
      : [],
};

/** What keeps that way of paying from using the details; empty: nothing. What is wrong comes before what is missing. */
export function problemsOf(method: string, details: Omit<PayeeDetails, 'method' | 'currency'>): DetailProblem[] {
  const { bank } = details;
  const problems = CHECKS[method]?.(details) ?? [];
  if (bank !== null && !isValidBIC(bank)) problems.push({ field: 'bank', missing: false, message: `${bank} is no BIC, such as DEUTDEFF.` });
  return problems.toSorted((a, b) => Number(a.missing) - Number(b.missing));
}
