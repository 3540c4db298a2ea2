import { type CompiledTerms, listOf } from '@tributary/shared/terms';
import { isCode, reachedAs, whyReserved, wordInCode } from '@tributary/shared/tracking';
import { claimCode } from '../../links/index.ts';
import { rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { ruleError, type UserError, userError } from '../../platform/graphql/user-error.ts';
import type { Link } from './link.entity.ts';

const PATH = ['code'];
/** A code is a link's for ever, with all that looks like it: nobody takes them all from others. */
const MOST_CODES = 12;

/** What is wrong with a code that an affiliate wants; null: nothing, as long as nobody has it. */
export function whyNotCode(compiled: CompiledTerms, code: string, at: number): UserError | null {
  if (!isCode(code)) return userError('INVALID', 'A code has 3 to 40 letters from a to z, digits, and single dashes between them.', PATH);
  const reserved = whyReserved(code);
  if (reserved !== null) return userError('INVALID', reserved, PATH);
  const { codes } = compiled.terms.links;
  const word = codes === undefined ? null : wordInCode(code, listOf(compiled, codes.words, at));
  return codes === undefined || word === null ? null : ruleError(codes.id, `The code "${code}" has or nearly has "${word}" in it.`, PATH);
}

async function codesOf(tx: Transaction, { affiliateId, id }: Link): Promise<string[]> {
  const text = 'select code from link_code where affiliate_id = $1 and link_id = $2';
  return (await rows<{ code: string }>(tx, text, [affiliateId, id])).map(({ code }) => code);
}

/** A code that is chosen, the sandbox in which it is, if in one, and who chose it when. */
export interface Chosen {
  readonly code: string;
  readonly sandbox: string | null;
  readonly now: number;
  readonly by: string;
}

/**
 * Gives a link the code that its affiliate chose; answers the name by which the link is reached. One chosen before leads to the link
 * still, but is not shown any more.
 */
export async function giveCode(tx: Transaction, link: Link, { code, sandbox, now, by }: Chosen): Promise<string | UserError> {
  const name = reachedAs(code, sandbox?.slice(-8) ?? null);
  const had = await codesOf(tx, link);
  if (had.length >= MOST_CODES && !had.includes(name))
    return userError('TOO_MANY', `A link has ${MOST_CODES} codes at most, those that it had before among them.`, PATH);
  const other = await claimCode(tx, name, link, new Date(now), by);
  if (other === name) return userError('CONFLICT', `The code "${code}" is taken.`, PATH);
  if (other !== null) return userError('CONFLICT', `The code "${code}" would be taken for another link's.`, PATH);
  await rows(tx, 'update link set vanity = $4 where affiliate_id = $1 and program_id = $2 and id = $3', [
    link.affiliateId,
    link.programId,
    link.id,
    name,
  ]);
  return name;
}
