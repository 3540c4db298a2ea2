import { currencyExponent } from '@tributary/shared/terms';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import type { PaymentLine, PaymentPart } from './methods/index.ts';
import type { PayoutPart } from './payout.entity.ts';

const AT_ONCE = 1_000;
const NO_ID = '00000000-0000-0000-0000-000000000000';

interface PartRow {
  readonly program: string;
  readonly batch: string;
  readonly kind: string;
  readonly zone: string;
  readonly lines: number;
  readonly amount: bigint;
}

/** Files show all that was sent, also what was said of it since. A provider is given only what nobody has said anything final of. */
export type PartContent = 'all' | 'open';

const CONTENTS: Readonly<Record<PartContent, string>> = {
  all: `l.status <> 'dropped'`,
  open: `l.status in ('sent', 'unknown')`,
};

/** A part as its method gets it: always the same, since nothing of it changes once it is sent, but for how many lines are open. */
export async function paymentPart(em: EntityManager, part: PayoutPart, content: PartContent = 'all'): Promise<PaymentPart> {
  const found = (await row<PartRow>(
    em,
    `select p.key as program, b.name as batch, o.kind,
       (select document -> 'program' ->> 'timeZone' from terms_version where program_id = p.id order by number desc limit 1) as zone,
       count(l.id)::int as lines, coalesce(sum(l.amount), 0)::bigint as amount
     from payout_batch b join program p on p.id = b.program_id join organization o on o.id = p.organization_id
     left join payout_line l on l.part_id = $2 and ${CONTENTS[content]}
     where b.id = $1 group by p.id, b.id, o.id`,
    [part.batchId, part.id],
  )) as PartRow;
  const sentAt = part.sentAt as Date;
  return {
    id: part.id,
    number: part.number,
    program: found.program,
    batch: found.batch,
    currency: part.currency,
    payeeCurrency: part.payeeCurrency,
    exponent: currencyExponent(part.currency),
    sentAt,
    day: new Intl.DateTimeFormat('en-CA', { timeZone: found.zone }).format(sentAt),
    lines: found.lines,
    amount: found.amount,
    providerId: part.providerId,
    isSandbox: found.kind === 'sandbox',
  };
}

/** How many payments the file of a part has, and of what sum; undefined: the batch has no such part. */
export async function totalsOfPart(em: EntityManager, of: { part: string; batch: string }): Promise<PartTotals | undefined> {
  const found = await row<{ currency: string; lines: number; amount: bigint }>(
    em,
    `select t.currency, count(l.id)::int as lines, coalesce(sum(l.amount), 0)::bigint as amount
     from payout_part t left join payout_line l on l.part_id = t.id and ${CONTENTS.all} where t.id = $1 and t.batch_id = $2 group by t.id`,
    [of.part, of.batch],
  );
  return found && { ...found, exponent: currencyExponent(found.currency) };
}

export type PartTotals = Pick<PaymentPart, 'currency' | 'exponent' | 'lines' | 'amount'>;

interface LineRow {
  readonly id: string;
  readonly amount: bigint;
  readonly account: string;
  readonly holder: string | null;
  readonly bank: string | null;
  readonly payeeCurrency: string;
  readonly program: string;
  readonly withdrawal: string;
}

/** Its lines, some thousand in memory at a time. */
export async function* linesOfPart(em: EntityManager, partId: string, content: PartContent = 'all'): AsyncGenerator<PaymentLine> {
  for (let after = NO_ID; ; ) {
    const found = await rows<LineRow>(
      em,
      `select l.id, l.amount, coalesce(l.account, '') as account, l.holder, l.bank, l.payee_currency as "payeeCurrency", p.key as program, w.external_id as withdrawal
       from payout_line l join program p on p.id = l.program_id join withdrawal w on w.affiliate_id = l.affiliate_id and w.id = l.withdrawal_id
       where l.part_id = $1 and ${CONTENTS[content]} and l.id > $2 order by l.id limit ${AT_ONCE}`,
      [partId, after],
    );
    for (const { program, withdrawal, ...line } of found) yield { ...line, purpose: `${program} ${withdrawal}` };
    const last = found.at(-1);
    if (last === undefined || found.length < AT_ONCE) return;
    after = last.id;
  }
}
