import { FieldReader } from '@tributary/shared/facts';
import { PAYOUT_METHODS } from '@tributary/shared/payout';
import type { Context, LoaderDefinition } from '../../context.ts';
import { problemsOf } from '../../payees/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { hotRows, row, rows } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, ruleError, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { screen } from '../../sanctions/index.ts';
import { type Act, findAffiliateId, onEnrollment, type Whose } from '../affiliate/index.ts';
import { METHOD_COLUMNS, type MissingDetail, type PayoutMethod, type Withdrawal } from './withdrawal.entity.ts';
import type { SetPayoutMethodInput } from './withdrawal.input.ts';

/** How somebody is to be paid, in normal form. */
export type PaymentDetails = Pick<PayoutMethod, 'kind' | 'currency' | 'account' | 'holder' | 'bank'>;

type ToldDetails = Omit<SetPayoutMethodInput, 'program' | 'affiliate' | 'reason'>;

/** `path`: where they stand in the input. */
export function readPaymentDetails(input: ToldDetails, read: FieldReader, path: readonly string[] = []): PaymentDetails {
  const at = (name: string) => [...path, name];
  const kind = read.oneOf(input.kind, PAYOUT_METHODS, at('kind')) ?? '';
  const currency = read.text(input.currency, at('currency'), 3) ?? null;
  const account = read.text(input.account, at('account'), 300) ?? null;
  const holder = read.text(input.holder, at('holder'), 140) ?? null;
  for (const [name, told] of Object.entries({ account, holder })) if (told?.trim() === '') read.refuse(at(name), 'It may not be empty.');
  const bank = read.text(input.bank, at('bank'), 11) ?? null;
  if (currency !== null && !/^[A-Z]{3}$/.test(currency)) read.refuse(at('currency'), 'That is no ISO 4217 code.');
  return { kind, currency, account, holder, bank };
}

/** Why the program does not pay that way, or why nothing could be paid so; null: it can. */
export function refusePayment({ compiled }: Act, details: PaymentDetails, path: readonly string[] = []): UserError | null {
  const { kind, currency } = details;
  const rules = compiled.terms.withdrawal;
  if (rules === undefined || !rules.methods.includes(kind as 'paypal'))
    return userError('INVALID', `The program does not pay by ${kind}.`, [...path, 'kind']);
  if (currency !== null && rules.currencies?.except.includes(currency))
    return ruleError(rules.currencies.id, `Nothing is paid in ${currency}.`, [...path, 'currency']);
  // What is missing may follow; what is wrong never pays.
  const wrong = problemsOf(kind, details).find(({ missing }) => !missing);
  return wrong === undefined ? null : userError('INVALID', wrong.message, [...path, wrong.field]);
}

/** What is still to be given before anything can be paid; also what was given before it was looked at and is wrong. Null: nothing was given. */
export function missingOf(details: PaymentDetails | null): MissingDetail[] {
  if (details === null) return [{ field: 'kind', message: 'Say how it is to be paid.' }];
  return problemsOf(details.kind, details).map(({ field, message }) => ({ field, message }));
}

/** How affiliates of a program are to be paid as last given, by our id of the affiliate. */
export async function newestMethods(
  em: EntityManager,
  holders: readonly { readonly affiliateId: string; readonly programId: string }[],
): Promise<PayoutMethod[]> {
  return hotRows<PayoutMethod>(
    em,
    `select m.* from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, program_id) cross join lateral (
       select ${METHOD_COLUMNS} from payout_method m where m.affiliate_id = k.affiliate_id and m.program_id = k.program_id order by m.id desc limit 1
     ) m`,
    [holders.map(({ affiliateId }) => affiliateId), holders.map(({ programId }) => programId)],
  );
}

type Payee = Pick<Withdrawal, 'affiliateId' | 'programId'>;
const keyOf = ({ affiliateId, programId }: Payee) => `${programId} ${affiliateId}`;

/** How whoever asks for money is to be paid by now; null: nobody has said. */
export const methodOf: LoaderDefinition<Payee, PayoutMethod | null> = {
  keyOf,
  async read({ em }, payees) {
    const found = new Map((await newestMethods(em, payees)).map((method) => [keyOf(method), method]));
    return payees.map((payee) => found.get(keyOf(payee)) ?? null);
  },
};

/** The next state of the details. `byStaff`: details that were given once are changed by staff only, where the terms say so. */
export async function setPaymentDetails(
  act: Act,
  given: PaymentDetails,
  { reason, byStaff }: { reason: string | null; byStaff: boolean },
): Promise<Outcome<PayoutMethod>> {
  const { tx, compiled, enrollment, now, by } = act;
  const refusal = refusePayment(act, given);
  if (refusal !== null) return refused(refusal);
  const { affiliateId, programId } = enrollment;
  const current = await row<PayoutMethod>(
    tx,
    `select ${METHOD_COLUMNS} from payout_method m where m.affiliate_id = $1 and m.program_id = $2 order by m.id desc limit 1`,
    [affiliateId, programId],
  );
  if (current !== undefined && Object.entries(given).every(([name, value]) => current[name as keyof PaymentDetails] === value))
    return done(current);
  const locked = compiled.terms.withdrawal?.details;
  if (current !== undefined && locked !== undefined && !byStaff)
    return refused(ruleError(locked.id, 'Payment details, once given, are changed by staff only. Ask for it.', ['account']));
  const method = { id: newId(), affiliateId, programId, ...given, reason, setAt: new Date(now), setBy: by };
  await rows(
    tx,
    `insert into payout_method (affiliate_id, program_id, id, kind, currency, account, holder, bank, reason, set_at, set_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [affiliateId, programId, method.id, given.kind, given.currency, given.account, given.holder, given.bank, reason, method.setAt, by],
  );
  if (given.holder !== null) {
    const affiliate = await row<{ country: string | null }>(tx, 'select country from affiliate where id = $1', [affiliateId]);
    await screen(tx, act.program.organizationId, [{ affiliateId, name: given.holder, country: affiliate?.country ?? null }], now);
  }
  return done(method);
}

/** Payment details: every state of them is kept. */
export class PayoutMethodService {
  set(context: Context, input: SetPayoutMethodInput): Promise<Outcome<PayoutMethod>> {
    const read = new FieldReader();
    const given = readPaymentDetails(input, read);
    const reason = read.text(input.reason, ['reason'], 1000) ?? null;
    if (read.refusal !== null) return Promise.resolve(refused(userError('INVALID', read.refusal.message, read.refusal.path)));
    const byStaff = context.viewer.kind !== 'affiliate';
    return onEnrollment(context, input, (act) => setPaymentDetails(act, given, { reason, byStaff }));
  }

  /** The newest first: that one holds. None: there is no such affiliate, or it is not the viewer. */
  async history(context: Context, { program: key, affiliate }: Whose): Promise<PayoutMethod[]> {
    const program = await context.services.programs.find(context, key);
    const affiliateId = program && (await findAffiliateId(context, affiliate));
    if (!program || !affiliateId) return [];
    const text = `select ${METHOD_COLUMNS} from payout_method m where m.affiliate_id = $1 and m.program_id = $2 order by m.id desc limit 100`;
    return rows<PayoutMethod>(context.em, text, [affiliateId, program.id]);
  }
}
