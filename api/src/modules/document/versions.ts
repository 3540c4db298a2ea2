import { blocksAt, type DocumentBlock, missingDocuments } from '@tributary/shared/people';
import type { EntityManager } from '../../platform/database/orm.ts';
import { hotRows, row } from '../../platform/database/sql.ts';
import { ruleError, type UserError } from '../../platform/graphql/user-error.ts';
import type { Act } from '../affiliate/index.ts';
import { DOCUMENT_COLUMNS, type DocumentVersion } from './document.entity.ts';

/** So many versions of all documents of a program at most: they are read whole. */
export const MOST_VERSIONS = 1_000;

/** All versions of a program's documents, without their texts, by name and number. */
export function documentsOf(em: EntityManager, programId: string): Promise<DocumentVersion[]> {
  const text = `select ${DOCUMENT_COLUMNS} from document_version d where d.program_id = $1 order by d.name, d.number limit ${MOST_VERSIONS}`;
  return hotRows<DocumentVersion>(em, text, [programId]);
}

/** Why something waits: a document that has to be accepted for it was not. Null: none is missing. */
export async function whyBlocked(act: Act, block: DocumentBlock): Promise<UserError | null> {
  const versions = await documentsOf(act.tx, act.program.id);
  if (!mayBlock(versions, block)) return null;
  const affiliate = await row<{ country: string | null }>(act.tx, 'select country from affiliate where id = $1', [
    act.enrollment.affiliateId,
  ]);
  return refuseWithout(versions, block, { ...act, country: affiliate?.country ?? null });
}

/** Does any document stand before it, for anybody? */
export function mayBlock(versions: readonly DocumentVersion[], block: DocumentBlock): boolean {
  return versions.some(({ blocks }) => blocks.includes(block));
}

/** The same by what was read. */
export function refuseWithout(
  versions: readonly DocumentVersion[],
  block: DocumentBlock,
  { compiled, history, now, country }: Pick<Act, 'compiled' | 'history' | 'now'> & { readonly country: string | null },
): UserError | null {
  const missing = missingDocuments(versions, { history, country }, now);
  const first = missing.find(({ name }) => blocksAt(versions, name, now).includes(block));
  if (first === undefined) return null;
  return ruleError(compiled.terms.onboarding.id, `Accept version ${first.number} of ${first.name} ("${first.title}") first.`, ['program']);
}
