import type { Attributes } from '@tributary/shared/facts';

/** A customer with what stands beside: the phone number and the place among the paying customers of the affiliate. */
export interface Customer {
  readonly id: string;
  readonly programId: string;
  readonly externalId: string;
  readonly registeredAt: Date | null;
  readonly toldAt: Date | null;
  readonly visitor: string | null;
  readonly referralCode: string | null;
  readonly attributeValues: Attributes | null;
  readonly affiliateId: string | null;
  readonly tiedAt: Date | null;
  readonly tiedBy: string | null;
  readonly fullPhone: string | null;
  readonly place: number | null;
  readonly standing: number;
}

/** Columns of {@link Customer}. */
export const CUSTOMER_COLUMNS = `c.id, c.program_id as "programId", c.external_id as "externalId", c.registered_at as "registeredAt", c.told_at as "toldAt",
  c.visitor, c.referral_code as "referralCode", c.attributes as "attributeValues", c.tied_affiliate_id as "affiliateId", c.tied_at as "tiedAt", c.tied_by as "tiedBy",
  f.phone as "fullPhone", case when s.standing > 0 then s.place end as place, coalesce(s.standing, 0) as standing`;

/** What stands beside the customer named `c`. */
export const CUSTOMER_JOINS = `left join customer_profile f on f.customer_id = c.id
  left join customer_place s on s.affiliate_id = c.tied_affiliate_id and s.program_id = c.program_id and s.customer_id = c.id`;

/** Letters and digits hidden, save for the last so many digits. What stands between them stays. */
export function maskPhone(phone: string, showLast: number): string {
  let left = showLast;
  let masked = '';
  for (const sign of [...phone].reverse()) {
    if (/\p{Nd}/u.test(sign) && left > 0) {
      left--;
      masked = sign + masked;
    } else {
      masked = (/[\p{L}\p{N}]/u.test(sign) ? '*' : sign) + masked;
    }
  }
  return masked;
}
