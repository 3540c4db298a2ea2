import { rows } from '../../platform/database/sql.ts';
import type { Outbox } from '../../platform/mail/outbox.ts';
import type { Act } from '../affiliate/index.ts';
import { requestLetter } from './letters.ts';
import type { Request } from './request.entity.ts';

/** To so many people of an affiliate at most. */
const MOST_PEOPLE = 10;

/** Tells the people who act for the affiliate, at the addresses that they proved. The mail goes when the act is committed. */
export async function mailAbout(act: Act, outbox: Outbox, request: Request, text: string | null): Promise<void> {
  const people = await rows<{ email: string; affiliate: string }>(
    act.tx,
    `select p.email, a.external_id as affiliate from affiliate_person p join affiliate a on a.id = p.affiliate_id
     where p.affiliate_id = $1 and p.confirmed_at is not null and p.removed_at is null order by p.id limit ${MOST_PEOPLE}`,
    [request.affiliateId],
  );
  const program = act.compiled.terms.program.name;
  for (const { email, affiliate } of people)
    await outbox.put(act.tx, { to: email, message: requestLetter(request, { affiliate, program }, text) });
}
