import { LockMode } from '@mikro-orm/postgresql';
import { type GrantedRole, holdsEverywhere } from '../../access/index.ts';
import type { Viewer } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { isId } from '../../platform/ids.ts';
import { Token } from './identity.entity.ts';

/** May the viewer make and end tokens of others? */
export const managesTokens = ({ grants }: Viewer): boolean => holdsEverywhere(grants, ['token.manage']);

/** Whoever manages tokens finds all of the organization; others their own and, where a person holds it, that person's. Without an id: the own. */
export async function findToken(em: EntityManager, viewer: Viewer, id: string | null | undefined): Promise<Token | null> {
  const wanted = id ?? viewer.tokenId;
  if (wanted === null || !isId(wanted)) return null;
  const token = await em.findOne(Token, { id: wanted, organizationId: viewer.organizationId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return token !== null && (managesTokens(viewer) || isOwn(token, viewer)) ? token : null;
}

function isOwn({ id, personId, memberId }: Token, viewer: Viewer): boolean {
  if (id === viewer.tokenId) return true;
  return (viewer.personId !== null && personId === viewer.personId) || (viewer.memberId !== null && memberId === viewer.memberId);
}

/** A secret makes whoever has it that person: nobody gets one in the name of another, not even those who manage tokens. */
export function isOfSomebodyElse(token: Token, viewer: Viewer): boolean {
  return (token.personId != null || token.memberId != null) && !isOwn(token, viewer);
}

/** Is there a living token that took over from it? Where that was revoked, perhaps since its secret got lost, it may be replaced again. */
export async function isReplaced(em: EntityManager, id: string): Promise<boolean> {
  return (await row(em, 'select 1 from api_token where replaces_id = $1 and revoked_at is null limit 1', [id])) !== undefined;
}

/** From those who manage tokens it gets as long a life as the old one was made for; from others no day more than that has left. */
export function nextExpiry({ createdAt, expiresAt }: Token, by: Viewer, wallClock: number): Date | null {
  if (!expiresAt || !managesTokens(by)) return expiresAt ?? null;
  return new Date(wallClock + expiresAt.getTime() - createdAt.getTime());
}

/** The roles that a token of staff has by itself. */
export async function rolesHeld(em: EntityManager, tokenId: string): Promise<GrantedRole[]> {
  return rows<GrantedRole>(em, 'select role, program_id as program from staff_grant where token_id = $1 and revoked_at is null', [tokenId]);
}
