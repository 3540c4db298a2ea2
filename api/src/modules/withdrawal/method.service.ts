import { FieldReader } from '@tributary/shared/facts';
import { PAYOUT_METHODS } from '@tributary/shared/payout';
import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, ruleError, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { onEnrollment } from '../affiliate/index.ts';
import { METHOD_COLUMNS, type PayoutMethod } from './withdrawal.entity.ts';
import type { SetPayoutMethodInput } from './withdrawal.input.ts';

/** Payment details: every state of them is kept. */
export class PayoutMethodService {
  set(context: Context, input: SetPayoutMethodInput): Promise<Outcome<PayoutMethod>> {
    const read = new FieldReader();
    const kind = read.oneOf(input.kind, PAYOUT_METHODS, ['kind']) ?? '';
    const currency = read.text(input.currency, ['currency'], 3) ?? null;
    const account = read.text(input.account, ['account'], 300) ?? null;
    const reason = read.text(input.reason, ['reason'], 1000) ?? null;
    if (currency !== null && !/^[A-Z]{3}$/.test(currency)) read.refuse(['currency'], 'That is no ISO 4217 code.');
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
      if (current !== undefined && current.kind === kind && current.currency === currency && current.account === account)
        return done(current);
      if (current !== undefined && rules.details !== undefined && context.viewer.kind === 'affiliate') {
        return refused(ruleError(rules.details.id, 'Payment details, once given, are changed by staff only.', ['account']));
      }
      const method = { id: newId(), affiliateId, programId, kind, currency, account, reason, setAt: new Date(now), setBy: by };
      await rows(
        tx,
        'insert into payout_method (affiliate_id, program_id, id, kind, currency, account, reason, set_at, set_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
        [affiliateId, programId, method.id, kind, currency, account, reason, method.setAt, by],
      );
      return done(method);
    });
  }
}
