import type { ClickContent } from '@tributary/shared/facts';

/** A click as stored. */
export interface ClickRow {
  readonly id: string;
  readonly program_id: string;
  readonly external_id: string;
  readonly affiliate_id: string;
  readonly visitor: string | null;
  readonly clicked_at: Date;
  readonly told_at: Date;
  readonly content: ClickContent & { shownProduct?: string; shownPage?: string };
  readonly active: boolean;
  readonly permitted: boolean;
  readonly redirected: boolean;
  readonly attributable: boolean;
  readonly rules: string[];
  readonly destination: string | null;
}

/** Columns of {@link ClickRow}, of the table named `c`. */
export const CLICK_COLUMNS =
  'c.id, c.program_id, c.external_id, c.affiliate_id, c.visitor, c.clicked_at, c.told_at, c.content, c.active, c.permitted, c.redirected, c.attributable, c.rules, c.destination';

/** A click as the API shows it. */
export type Click = Omit<ClickContent, 'id' | 'affiliate' | 'visitor' | 'attributes' | 'occurredAt'> & {
  readonly id: string;
  readonly programId: string;
  readonly externalId: string;
  readonly affiliateId: string;
  readonly visitor: string | null;
  readonly at: Date;
  readonly toldAt: Date;
  readonly attributeValues: ClickContent['attributes'];
  readonly shownProduct?: string;
  readonly shownPage?: string;
  readonly active: boolean;
  readonly permitted: boolean;
  readonly redirect: boolean;
  readonly attributable: boolean;
  readonly because: string[];
  readonly destination: string | null;
};

export function toClick(row: ClickRow): Click {
  const { id: _, affiliate: __, visitor: ___, attributes, occurredAt: ____, ...told } = row.content;
  return {
    ...told,
    id: row.id,
    programId: row.program_id,
    externalId: row.external_id,
    affiliateId: row.affiliate_id,
    visitor: row.visitor,
    at: row.clicked_at,
    toldAt: row.told_at,
    attributeValues: attributes,
    active: row.active,
    permitted: row.permitted,
    redirect: row.redirected,
    attributable: row.attributable,
    because: row.rules,
    destination: row.destination,
  };
}
