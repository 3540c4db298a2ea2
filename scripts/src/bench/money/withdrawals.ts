import { newId, sliceOf } from '@tributary/api';
import type pg from 'pg';
import type { ApiServer } from '../host/apiServer.ts';
import { callers } from '../host/client.ts';
import type { Host } from '../host/host.ts';
import { interleave, rateOfAll, type Sample, timed } from '../pairs.ts';
import { addPayees, type Payees, payeeName } from '../payout/fill.ts';
import { figure } from '../table.ts';
import type { Measure, Settings } from '../types.ts';
import { connectTo, freeProgram } from './setting.ts';

const CLIENTS = 16;
const REQUEST =
  'mutation ($input: RequestWithdrawalInput!) { requestWithdrawal(input: $input) { withdrawal { id status } userErrors { message } } }';
const TOKEN = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret userErrors { message } } }';
const AMOUNT = 10n;
/** On each side: far more than clients, so that hardly two of them ever meet at one. */
const PAYEES = 200;

/** The statements of one request, prepared, in one transaction: who it is, its lock, what is due, what there is, what is open, and what is written. */
async function requestByHand(client: pg.Client, payees: Payees, name: string, id: string): Promise<void> {
  const { programId, organizationId, unit } = payees;
  const ask = <T extends pg.QueryResultRow>(statement: string, text: string, values: unknown[]) =>
    client.query<T>({ name: statement, text, values });
  const found = await ask<{ fact_id: string }>(
    'who',
    `select fact_id from fact_key where slice = $1 and scope_id = $2 and kind = 'affiliate' and external_id = $3`,
    [sliceOf(name), organizationId, name],
  );
  const affiliateId = found.rows[0]!.fact_id;
  await client.query('begin');
  await ask('lock', 'select * from enrollment where affiliate_id = $1 and program_id = $2 for no key update', [affiliateId, programId]);
  await ask(
    'history',
    'select kind, value, subject, holds_from from enrollment_event where affiliate_id = $1 and program_id = $2 order by id',
    [affiliateId, programId],
  );
  await ask(
    'known',
    `select fact_id, content_hash from fact_key where slice = $1 and scope_id = $2 and kind = 'withdrawal' and external_id = $3`,
    [sliceOf(id), programId, id],
  );
  const debts = `select affiliate_id, unit, amount from ledger_balance where affiliate_id = $1 and program_id = $2 and account = 'debt'`;
  await ask('debts', debts, [affiliateId, programId]);
  await ask(
    'ending',
    `select id from lot where affiliate_id = $1 and program_id = $2 and ends_at <= now() and credited > taken_back + consumed + expired order by ends_at, id`,
    [affiliateId, programId],
  );
  const lots = await ask<{ id: string }>(
    'lots',
    `select id, usable_from, expires_at, ends_at, credited, taken_back, consumed, expired, indebted from lot
     where affiliate_id = $1 and program_id = $2 and usable_from <= now() and (ends_at is null or ends_at > now()) and credited > taken_back + consumed + expired`,
    [affiliateId, programId],
  );
  await ask('debts', debts, [affiliateId, programId]);
  await ask(
    'open',
    `select count(*) filter (where status in ('requested', 'processing', 'approved', 'sent', 'unknown')) as open, count(*) filter (where status = 'paid') as paid,
       (select count(*) from customer_place where affiliate_id = $1 and program_id = $2 and standing > 0) as paying from withdrawal where affiliate_id = $1 and program_id = $2`,
    [affiliateId, programId],
  );
  const [withdrawal, entry] = [newId(), newId()];
  await ask(
    'key',
    `insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash) values ($1, $2, 'withdrawal', $3, $4, $5)`,
    [sliceOf(id), programId, id, withdrawal, Buffer.alloc(32)],
  );
  await ask(
    'request',
    `insert into withdrawal (affiliate_id, id, program_id, external_id, status, unit, amount, requested_at, requested_by) values ($1, $2, $3, $4, 'requested', $5, $6, now(), 'bench')`,
    [affiliateId, withdrawal, programId, id, unit, AMOUNT],
  );
  await ask(
    'post',
    `select ledger_post(array[$1::uuid], array[$2::uuid], array[$3::uuid], array[$4::text], array['withdrawal-reserved'], array[$5::uuid], array[0], array[now()],
       array[$2::uuid], array[0::smallint], array['owed'::ledger_account], array['reserved'::ledger_account], array[$6::bigint], array[$7::uuid],
       array[]::uuid[], array[]::uuid[], array[]::text[], array[]::uuid[], array[]::timestamptz[], array[]::timestamptz[])`,
    [affiliateId, entry, programId, unit, withdrawal, AMOUNT, lots.rows[0]!.id],
  );
  await ask('made', 'select * from withdrawal where affiliate_id = $1 and id = $2', [affiliateId, withdrawal]);
  await client.query('commit');
}

interface Requested {
  readonly requestWithdrawal: { readonly userErrors: readonly { readonly message: string }[] };
}

/** Affiliates ask for themselves. */
async function tokensOf({ client }: ApiServer, names: readonly string[]): Promise<string[]> {
  const tokens: string[] = [];
  for (const affiliate of names) {
    const { createToken } = await client.ask<{ createToken: { secret: string } }>(TOKEN, {
      input: { kind: 'AFFILIATE', affiliate, name: affiliate },
    });
    tokens.push(createToken.secret);
  }
  return tokens;
}

/** Requests of different affiliates over HTTP, by so many clients; the same statements by as many connections. Each side has affiliates of its own. */
export async function withdrawing(host: Host, { quick, pairs }: Settings): Promise<Measure> {
  const count = quick ? 300 : 2_000;
  const server = await host.serve('withdrawals', { connections: CLIENTS });
  const admin = await connectTo(host, server);
  const program = await freeProgram(admin);
  const payees = await addPayees(admin, program, 2 * PAYEES, { usableFrom: new Date('2026-01-01T00:00:00Z'), endsAt: () => null });
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => connectTo(host, server)));
  const names = Array.from({ length: 2 * PAYEES }, (_, index) => payeeName(program, index));
  const tokens = await tokensOf(server, names.slice(0, PAYEES));
  const jobs = Array.from({ length: count }, (_, index) => ({ payee: index % PAYEES, turn: Math.floor(index / PAYEES) }));
  let round = 0;
  const ours = async (): Promise<Sample> => {
    round += 1;
    const seconds = await timed(() =>
      callers(CLIENTS, jobs, async ({ payee, turn }) => {
        const input = { program, id: `${names[payee]}-${round}-${turn}`, amount: '0.10' };
        const { requestWithdrawal } = await server.client.ask<Requested>(REQUEST, { input }, tokens[payee]);
        if (requestWithdrawal.userErrors[0]) throw new Error(requestWithdrawal.userErrors[0].message);
      }),
    );
    return { work: count, seconds };
  };
  const other = async (): Promise<Sample> => {
    round += 1;
    const seconds = await timed(() =>
      callers(CLIENTS, jobs, ({ payee, turn }, client) => {
        const name = names[PAYEES + payee]!;
        return requestByHand(clients[client]!, payees, name, `${name}-${round}-${turn}`);
      }),
    );
    return { work: count, seconds };
  };
  await ours();
  await other();
  const measured = await interleave(pairs, ours, other);
  return {
    name: `money: withdrawals by ${CLIENTS} clients`,
    ours: `${figure(rateOfAll(measured.ours))}/s`,
    against: `the same statements by pg: ${figure(rateOfAll(measured.other))}/s`,
    ratio: measured.ratio,
    goal: { atLeast: 0.5 },
  };
}
