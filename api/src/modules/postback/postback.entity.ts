/** What a shop signs its postbacks with. */
export interface PostbackKey {
  readonly id: string;
  readonly organizationId: string;
  readonly programId: string;
  readonly name: string;
  readonly keyVersion: number;
  readonly madeAt: Date;
  readonly madeBy: string;
  readonly revokedAt: Date | null;
}

export const POSTBACK_KEY_COLUMNS =
  'k.id, k.organization_id as "organizationId", k.program_id as "programId", k.name, k.key_version as "keyVersion", k.made_at as "madeAt", k.made_by as "madeBy", k.revoked_at as "revokedAt"';
