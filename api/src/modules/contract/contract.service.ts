import { createHash } from 'node:crypto';
import { documentsInForce } from '@tributary/shared/people';
import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { type UserError, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { type Act, findAffiliateId } from '../affiliate/index.ts';
import { documentsOf } from '../document/index.ts';
import { CONTRACT_COLUMNS, type Contract } from './contract.entity.ts';
import { type Basis, type Preamble, writeContract } from './write.ts';

type Sending = Pick<Act, 'tx' | 'program' | 'compiled' | 'termsVersion' | 'now' | 'by'> & {
  enrollment: Pick<Act['enrollment'], 'affiliateId'>;
};

/** Contracts: each says on which version of the terms it is, and what that says. */
export class ContractService {
  /** Within the act that sends it. Sent again it is the same one, unless what it says has changed since: the terms, or a document before them. */
  async sent(act: Sending): Promise<void> {
    const last = await newest(act);
    if (last !== undefined && last.signedAt !== null) return;
    const text = await this.textFor(act);
    const hash = createHash('sha256').update(text).digest();
    if (last?.hash === hash.toString('hex')) return;
    await rows(
      act.tx,
      'insert into contract (affiliate_id, program_id, id, terms_version, body, hash, sent_at, sent_by) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [act.enrollment.affiliateId, act.program.id, newId(), act.termsVersion, text, hash, new Date(act.now), act.by],
    );
  }

  /** Within the act in which staff bring somebody in through all steps. Once more changes nothing. */
  async signedByStaff(act: Sending): Promise<void> {
    await this.sent(act);
    await this.signed(act, null);
  }

  /** Within the act that signs it. `hash`: of what the signer has read; null: not said. Why it cannot be signed, or null: it is. */
  async signed(act: Sending, hash: string | null): Promise<UserError | null> {
    const last = await newest(act);
    if (last === undefined || last.signedAt !== null) return null;
    if (hash !== null && hash.toLowerCase() !== last.hash)
      return userError('CONFLICT', 'Another contract was sent since: read that one.', ['hash']);
    await rows(act.tx, 'update contract set signed_at = $4, signed_by = $5 where affiliate_id = $1 and program_id = $2 and id = $3', [
      ...[last.affiliateId, last.programId, last.id, new Date(act.now), act.by],
    ]);
    return null;
  }

  /** The newest one; null: none was sent, or it is not for the viewer. */
  async find(context: Context, key: string, affiliate: string | null): Promise<Contract | null> {
    const program = await context.services.programs.find(context, key);
    const affiliateId = program && (await findAffiliateId(context, affiliate));
    if (!program || !affiliateId) return null;
    const text = `select ${CONTRACT_COLUMNS} from contract c where c.affiliate_id = $1 and c.program_id = $2 order by c.id desc limit 1`;
    return (await row<Contract>(context.em, text, [affiliateId, program.id])) ?? null;
  }

  private async textFor({ tx, program, compiled, termsVersion, enrollment, now }: Sending): Promise<string> {
    const parties = await row<{ organization: string; affiliate: string }>(
      tx,
      'select o.name as organization, a.external_id as affiliate from affiliate a join organization o on o.id = a.organization_id where a.id = $1',
      [enrollment.affiliateId],
    );
    const terms = await row<{ hash: string }>(
      tx,
      `select encode(document_hash, 'hex') as hash from terms_version where program_id = $1 and number = $2`,
      [program.id, termsVersion],
    );
    const basis: Basis = { terms: compiled.terms, version: termsVersion, hash: terms!.hash };
    return writeContract(parties!, basis, await preamblesOf(tx, program.id, now));
  }
}

function newest({ tx, program, enrollment }: Sending): Promise<Contract | undefined> {
  const text = `select ${CONTRACT_COLUMNS} from contract c where c.affiliate_id = $1 and c.program_id = $2 order by c.id desc limit 1`;
  return row<Contract>(tx, text, [enrollment.affiliateId, program.id]);
}

/** The documents of the program that are made for contracts, as they hold. */
async function preamblesOf(tx: Transaction, programId: string, at: number): Promise<Preamble[]> {
  const inForce = documentsInForce(await documentsOf(tx, programId), at).filter(({ kind }) => kind === 'contract');
  return rows<Preamble>(
    tx,
    `select d.title, d.number, d.body as text from unnest($2::text[], $3::int[]) as k (name, number)
     join document_version d on d.program_id = $1 and d.name = k.name and d.number = k.number order by d.name`,
    [programId, inForce.map(({ name }) => name), inForce.map(({ number }) => number)],
  );
}
