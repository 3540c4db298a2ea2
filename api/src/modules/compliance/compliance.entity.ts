/** A suspected breach of a rule by an affiliate, for staff to confirm or dismiss. */
export interface Case {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly rule: string;
  readonly status: 'open' | 'confirmed' | 'dismissed';
  readonly openedAt: Date;
  /** Until when it is to be settled. */
  readonly dueAt: Date;
  /** The deadline that passed while it was open; null: none did. */
  readonly overdueAt: Date | null;
  readonly assigneeId: string | null;
  readonly assignee: string | null;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
}

/** What speaks for a case: a fact by our id, or words. */
export interface CaseEvidence {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly caseId: string;
  readonly kind: 'click' | 'customer' | 'order' | 'source' | 'words';
  readonly refId: string | null;
  /** Null too when it was erased. */
  readonly text: string | null;
  readonly addedAt: Date;
  /** Who of staff; null: it follows from a clause. */
  readonly addedBy: string | null;
}

/** Something that staff said or did about a case, or that its deadline passed. */
export interface CaseEntry {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly caseId: string;
  readonly kind: 'note' | 'assigned' | 'deadline' | 'overdue' | 'asked' | 'confirmed' | 'dismissed';
  readonly text: string | null;
  readonly at: Date;
  readonly by: string;
}

/** Where an affiliate promotes, as declared. */
export interface TrafficSource {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly kind: string;
  readonly name: string;
  readonly url: string | null;
  readonly optIn: boolean | null;
  readonly optOut: boolean | null;
  /** What an ad account declares of its ads. */
  readonly texts: readonly string[];
  readonly titles: readonly string[];
  readonly negativeKeywords: readonly string[];
  /** Rules under which it is to be reviewed. */
  readonly flags: readonly string[];
  readonly declaredAt: Date;
}

export const CASE_COLUMNS = `c.id, c.affiliate_id as "affiliateId", c.program_id as "programId", c.rule, c.status, c.opened_at as "openedAt", c.due_at as "dueAt",
   c.overdue_at as "overdueAt", c.assignee_id as "assigneeId", c.assignee, c.closed_at as "closedAt", c.closed_by as "closedBy"`;

export const EVIDENCE_COLUMNS = `v.id, v.affiliate_id as "affiliateId", v.program_id as "programId", v.case_id as "caseId", v.kind, v.ref_id as "refId", v.text,
   v.added_at as "addedAt", v.added_by as "addedBy"`;

export const ENTRY_COLUMNS = `n.id, n.affiliate_id as "affiliateId", n.program_id as "programId", n.case_id as "caseId", n.kind, n.text, n.done_at as at, n.done_by as by`;

export const SOURCE_COLUMNS = `s.id, s.affiliate_id as "affiliateId", s.program_id as "programId", s.kind, s.name, s.url, s.opt_in as "optIn", s.opt_out as "optOut", s.texts, s.titles,
   s.negative_keywords as "negativeKeywords", s.flags,
   s.declared_at as "declaredAt"`;
