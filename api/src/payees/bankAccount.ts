import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { isReadable } from './bankLetters.ts';
import type { CheckDetails, DetailProblem } from './index.ts';

const LIKE_AN_IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
const ACCOUNT_NUMBER = /^[A-Za-z0-9 -]{1,34}$/;

/** Whose account, and an IBAN, or an account number with the BIC of its bank. */
export const checkBankAccount: CheckDetails = ({ account, holder, bank }) => {
  const problems: DetailProblem[] = [];
  if (holder === null)
    problems.push({ field: 'holder', missing: true, message: 'Give the holder: whose account it is, as the bank knows the name.' });
  else if (!isReadable(holder))
    problems.push({
      field: 'holder',
      missing: false,
      message: 'A bank transfer cannot carry that name; give it in Latin letters, as the bank knows it.',
    });
  if (account === null || account.trim() === '')
    return [
      ...problems,
      { field: 'account', missing: true, message: 'Give the account: an IBAN, or an account number with the BIC of its bank.' },
    ];
  const plain = electronicFormatIBAN(account) ?? '';
  if (isValidIBAN(plain)) return problems;
  if (LIKE_AN_IBAN.test(plain))
    return [
      ...problems,
      { field: 'account', missing: false, message: 'The IBAN is wrong: its check digits do not fit. Look for a mistyped character.' },
    ];
  if (!ACCOUNT_NUMBER.test(account))
    return [
      ...problems,
      {
        field: 'account',
        missing: true,
        message:
          'Give an account that a bank can read: what is given is neither an IBAN nor an account number of letters, digits, spaces and hyphens.',
      },
    ];
  if (bank === null)
    problems.push({ field: 'bank', missing: true, message: 'Give the bank by its BIC: an account number without an IBAN needs it.' });
  return problems;
};
