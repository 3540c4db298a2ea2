import type { Role } from '../../access/index.ts';

/** A role that somebody was given. It is never changed, only revoked. */
export interface RoleGrant {
  readonly id: string;
  readonly memberId: string | null;
  readonly tokenId: string | null;
  /** Null: in all programs, those to come included. */
  readonly programId: string | null;
  readonly role: Role;
  readonly grantedAt: Date;
  readonly grantedBy: string;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
}

export const GRANT_COLUMNS = `g.id, g.member_id as "memberId", g.token_id as "tokenId", g.program_id as "programId", g.role,
  g.granted_at as "grantedAt", g.granted_by as "grantedBy", g.revoked_at as "revokedAt", g.revoked_by as "revokedBy"`;
