import { FieldReader } from '@tributary/shared/facts';
import { PAYOUT_METHODS } from '@tributary/shared/payout';
import { isValidBIC } from 'ibantools';
import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, ruleError, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { findAffiliateId, onEnrollment, type Whose } from '../affiliate/index.ts';
import { METHOD_COLUMNS, type PayoutMethod } from './withdrawal.entity.ts';
import type { SetPayoutMethodInput } from './withdrawal.input.ts';

/** Payment details: every state of them is kept. */
export class PayoutMethodService {
  set(context: Context, input: SetPayoutMethodInput): Promise<Outcome<PayoutMethod>> {
    const read = new FieldReader();
    const kind = read.oneOf(input.kind, PAYOUT_METHODS, ['kind']) ?? '';
    const currency = read.text(input.currency, ['currency'], 3) ?? null;
    const account = read.text(input.account, ['account'], 300) ?? null;
    const holder = read.text(input.holder, ['holder'], 140) ?? null;
    const bank = read.text(input.bank, ['bank'], 11) ?? null;
    const reason = read.text(input.reason, ['reason'], 1000) ?? null;
    if (currency !== null && !/^[A-Z]{3}$/.test(currency)) read.refuse(['currency'], 'That is no ISO 4217 code.');
    if (bank !== null && !isValidBIC(bank)) read.refuse(['bank'], 'That is no BIC, such as DEUTDEFF.');
    if (read.refusal !== null) return Promise.resolve(refused(userError('INVALID', read.refusal.message, read.refusal.path)));
    return onEnrollment(context, input, async ({ tx, compiled, enrollment, now, by }) => {
      const rules = compiled.terms.withdrawal;
      if (rules === undefined || !rules.methods.includes(kind as 'paypal'))
        return refused(userError('INVALID', `The program does not pay by ${kind}.`, ['kind']));
      if (currency !== null && rules.currencies?.except.includes(currency)) {
        return refused(ruleError(rules.currencies.id, `Nothing is paid in ${currency}.`, ['currency']));
      }
      const { affiliateId, programId } = enrollment;
      const current = await row<PayoutMethod>(
        tx,
        `select ${METHOD_COLUMNS} from payout_method m where m.affiliate_id = $1 and m.program_id = $2 order by m.id desc limit 1`,
        [affiliateId, programId],
      );
      const given = { kind, currency, account, holder, bank };
      if (current !== undefined && Object.entries(given).every(([name, value]) => current[name as keyof typeof given] === value))
        return done(current);
      if (current !== undefined && rules.details !== undefined && context.viewer.kind === 'affiliate') {
        return refused(ruleError(rules.details.id, 'Payment details, once given, are changed by staff only.', ['account']));
      }
      const method = { id: newId(), affiliateId, programId, ...given, reason, setAt: new Date(now), setBy: by };
      await rows(
        tx,
        `insert into payout_method (affiliate_id, program_id, id, kind, currency, account, holder, bank, reason, set_at, set_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [affiliateId, programId, method.id, kind, currency, account, holder, bank, reason, method.setAt, by],
      );
      return done(method);
    });
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
