import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { newId } from '@tributary/api';
import type pg from 'pg';
import { request } from 'undici';
import type { Host } from '../host/host.ts';
import { addPayees, type Payees } from '../payout/fill.ts';
import { summarise } from '../stats.ts';
import { figure } from '../table.ts';
import type { Measure, Settings } from '../types.ts';
import { connectTo, freeProgram } from './setting.ts';

const SETTINGS = 'bank-transfer: { accounts: [{ currency: USD, name: Bench Ltd, account: DE89370400440532013000, bank: COBADEFF }] }\n';
const FEW = 10_000;
const MANY = 100_000;

/** A batch that is on its way, in one part, straight into the tables: sending is not what is measured. */
async function addSent(client: pg.Client, { programId, unit, affiliates }: Payees, name: string): Promise<void> {
  const [batch, part] = [newId(), newId()];
  await client.query(
    `insert into payout_batch (id, program_id, name, status, opened_at, opened_by, hash, frozen_actor, approved_actor, two_people, sent_at, sent_by)
     values ($1, $2, $3, 'sent', now(), 'bench', '', $1, $1, false, now(), 'bench')`,
    [batch, programId, name],
  );
  await client.query(
    `insert into payout_part (id, batch_id, program_id, number, method, currency, payee_currency, status, sent_at) values ($1, $2, $3, 1, 'bank-transfer', 'USD', 'USD', 'sent', now())`,
    [part, batch, programId],
  );
  await client.query(
    `with request as (
       insert into withdrawal (affiliate_id, id, program_id, external_id, status, unit, amount, requested_at, requested_by)
       select affiliate_id, id, $1, $7 || id, 'sent', $2, 5000, now(), 'bench' from unnest($3::uuid[], $4::uuid[]) as u (affiliate_id, id)
     )
     insert into payout_line (affiliate_id, id, batch_id, program_id, withdrawal_id, part_id, status, unit, points, currency, amount, method, payee_currency, account, holder, bank, changed_at)
     select affiliate_id, id, $5, $1, id, $6, 'sent', $2, 5000, 'USD', 5000, 'bank-transfer', 'USD', 'DE89370400440532013000', 'A Payee of the Bench', 'COBADEFF', now()
     from unnest($3::uuid[], $4::uuid[]) as u (affiliate_id, id)`,
    [programId, unit, affiliates, affiliates.map(() => newId()), batch, part, name],
  );
}

const residentOf = (pid: number) => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_000;

interface Fetched {
  readonly seconds: number;
  readonly bytes: number;
  /** The most that the server's process had, in megabytes. */
  readonly most: number;
}

async function fetchFile(url: string, token: string, pid: number, path: string): Promise<Fetched> {
  let most = residentOf(pid);
  const watch = setInterval(() => (most = Math.max(most, residentOf(pid))), 50);
  const begun = performance.now();
  try {
    const { statusCode, body } = await request(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (statusCode !== 200) throw new Error(`The API answered ${statusCode}: ${await body.text()}`);
    let bytes = 0;
    for await (const chunk of body) bytes += (chunk as Buffer).length;
    return { seconds: (performance.now() - begun) / 1_000, bytes, most };
  } finally {
    clearInterval(watch);
  }
}

/** The server's memory while it writes a file of ten times as many lines. */
export async function paymentFile(host: Host, { quick, pairs, say }: Settings): Promise<Measure> {
  const [few, many] = quick ? [200, 2_000] : [FEW, MANY];
  const settings = `${host.folder}/payouts.yaml`;
  writeFileSync(settings, SETTINGS);
  const server = await host.serve('file', { environment: { PAYOUT_SETTINGS: settings } });
  const client = await connectTo(host, server);
  const program = await freeProgram(client);
  const payees = await addPayees(client, program, many, { usableFrom: new Date('2026-01-01T00:00:00Z'), endsAt: () => null });
  await addSent(client, { ...payees, affiliates: payees.affiliates.slice(0, few) }, 'few');
  await addSent(client, payees, 'many');
  await client.query('analyze');
  const get = (name: string) => fetchFile(server.url, server.token, server.pid, `/payouts/${program}/${name}/files/1`);
  // The first of each fills what every process fills once.
  for (const name of ['few', 'many']) await get(name);
  const [small, large]: [Fetched[], Fetched[]] = [[], []];
  for (let pair = 0; pair < pairs; pair++) {
    small.push(await get('few'));
    large.push(await get('many'));
  }
  say('  payment files fetched');
  const last = large.at(-1)!;
  return {
    name: `money: memory for a payment file of ${figure(many)} lines`,
    ours: `${figure(Math.max(...large.map(({ most }) => most)))} MB, ${figure(many / last.seconds)} lines/s, ${figure(last.bytes / 1e6)} MB long`,
    against: `of ${figure(few)}: ${figure(Math.max(...small.map(({ most }) => most)))} MB`,
    ratio: summarise(large.map(({ most }, pair) => most / small[pair]!.most)),
    goal: { atMost: 1.2 },
  };
}
