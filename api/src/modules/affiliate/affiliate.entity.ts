import type { EnrollmentStatus, MeasureUnit } from '@tributary/shared/people';
import type { ClassMeasure } from '@tributary/shared/terms';

/** A person or company of one organization who refers customers. */
export interface Affiliate {
  readonly id: string;
  readonly organizationId: string;
  /** The caller's own id. */
  readonly externalId: string;
  readonly country: string | null;
  readonly createdAt: Date;
}

/** An affiliate in a program. */
export interface Enrollment {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly status: EnrollmentStatus;
  readonly class: string | null;
  /** The affiliate's own account at the merchant. */
  readonly customer: string | null;
  readonly createdAt: Date;
}

export interface ClassRequest {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly class: string;
  readonly status: 'requested' | 'approved' | 'refused' | 'withdrawn';
  readonly requestedAt: Date;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
  readonly reason: string | null;
  /** Null: it is from before this was kept. */
  readonly evidence: ClassEvidence | null;
}

/** What a request for a class rested on when it was made, in minor units. */
export interface ClassEvidence extends MeasureUnit {
  readonly measure: ClassMeasure;
  readonly measured: bigint;
  readonly needed: bigint;
}

export const AFFILIATE_COLUMNS =
  'a.id, a.organization_id as "organizationId", a.external_id as "externalId", a.country, a.created_at as "createdAt"';

export const ENROLLMENT_COLUMNS =
  'e.id, e.affiliate_id as "affiliateId", e.program_id as "programId", e.status, e.class, e.customer_external_id as "customer", e.created_at as "createdAt"';

export const CLASS_REQUEST_COLUMNS = `r.id, r.affiliate_id as "affiliateId", r.program_id as "programId", r.class, r.status, r.requested_at as "requestedAt",
   r.answered_at as "answeredAt", r.answered_by as "answeredBy", r.reason, r.measure, r.measured, r.needed, r.unit, r.exponent`;

/** A row of {@link CLASS_REQUEST_COLUMNS}. */
export type ClassRequestRow = Omit<ClassRequest, 'evidence'> & { [K in keyof ClassEvidence]: ClassEvidence[K] | null };

export function classRequestOf({ measure, measured, needed, unit, exponent, ...request }: ClassRequestRow): ClassRequest {
  const isKept = measure !== null && measured !== null && needed !== null && exponent !== null;
  return { ...request, evidence: isKept ? { measure, measured, needed, unit, exponent } : null };
}
