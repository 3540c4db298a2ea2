/** What was sent to an affiliate to be signed. Its words never change. */
export interface Contract {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  /** The number of the version of the terms that it is on. */
  readonly termsVersion: number;
  readonly text: string;
  /** SHA-256 of the text, in hexadecimal digits. */
  readonly hash: string;
  readonly sentAt: Date;
  readonly sentBy: string;
  readonly signedAt: Date | null;
  readonly signedBy: string | null;
}

export const CONTRACT_COLUMNS = `c.id, c.affiliate_id as "affiliateId", c.program_id as "programId", c.terms_version as "termsVersion", c.body as text,
  encode(c.hash, 'hex') as hash, c.sent_at as "sentAt", c.sent_by as "sentBy", c.signed_at as "signedAt", c.signed_by as "signedBy"`;
