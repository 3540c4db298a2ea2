import type { Context } from '../../context.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused } from '../../platform/graphql/user-error.ts';
import type { TokenService } from '../identity/index.ts';
import { eraseAffiliate, eraseCustomer, keepsAffiliate } from './erase.ts';
import { collect } from './export.ts';
import type { ErasePersonalDataInput, ExportPersonalDataInput } from './privacy.input.ts';
import { noteAct, readAsked } from './subject.ts';

/** What the law gives people: to learn what is known of them, and to have it erased. */
export class PrivacyService {
  private readonly tokens: TokenService;

  constructor(tokens: TokenService) {
    this.tokens = tokens;
  }

  async export(context: Context, input: ExportPersonalDataInput): Promise<Outcome<string>> {
    const asked = await readAsked(context, input);
    if (asked.errors) return asked;
    const document = await inTransaction(context.em, async (tx) => {
      await noteAct(tx, context, 'export', asked.value);
      return collect(tx, asked.value.subject);
    });
    return done(JSON.stringify(document));
  }

  /** Books, decisions and proofs stay as they are: they know people by ids only. Once more erases what came since. */
  async erase(context: Context, input: ErasePersonalDataInput): Promise<Outcome<Date>> {
    const asked = await readAsked(context, input);
    if (asked.errors) return asked;
    const { kind, id } = asked.value.subject;
    let dead: string[] = [];
    const outcome = await inTransaction<Outcome<Date>>(context.em, async (tx) => {
      dead = [];
      const kept = kind === 'affiliate' ? await keepsAffiliate(tx, id) : undefined;
      if (kept) return refused(kept);
      await noteAct(tx, context, 'erasure', asked.value);
      if (kind === 'customer') return done(await eraseCustomer(tx, id, new Date()));
      dead = await this.tokens.revokeAll(tx, { affiliateId: id });
      return done(await eraseAffiliate(tx, id, new Date()));
    });
    this.tokens.forget(dead);
    return outcome;
  }
}
