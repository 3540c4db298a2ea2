import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import type { TestSandbox } from './api.ts';

/** What must be true of the data, each as a query for whatever breaks it: the very queries that prove the books of a user. */
const CHECKS = new URL('../../../scripts/src/prove/checks/', import.meta.url);

/** Everything that is wrong with the books; nothing, if all is well. */
export async function provedWrong(client: pg.ClientBase): Promise<string[]> {
  const wrong: string[] = [];
  for (const name of readdirSync(CHECKS).sort()) {
    const text = readFileSync(new URL(name, CHECKS), 'utf8');
    const { rows } = await client.query<{ difference: string }>(`select difference from (${text}\n) found limit 3`);
    wrong.push(...rows.map(({ difference }) => `${name}: ${difference}`));
  }
  return wrong;
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // A server that is killed takes its connections along.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** What stands for everybody of a sandbox, by the callers' ids. */
export interface Standing {
  /** `ann earning 120 [60,60]`, by order. */
  orders: Record<string, string>;
  /** By affiliate and account. */
  balances: Record<string, Record<string, string>>;
}

export async function standingOf(client: pg.ClientBase, sandbox: Pick<TestSandbox, 'id'>): Promise<Standing> {
  const orders = await client.query<{ id: string; text: string }>(
    `select o.external_id as id, concat_ws(' ', coalesce(a.external_id, 'nobody'), d.status, d.amount, d.line_amounts::text, d.available_at, d.expires_at) as text
     from order_record o join program p on p.id = o.program_id join decision d on d.order_id = o.id and d.revision = o.revision left join affiliate a on a.id = d.affiliate_id
     where p.organization_id = $1 order by 1`,
    [sandbox.id],
  );
  const balances = await client.query<{ id: string; account: string; amount: string }>(
    `select a.external_id as id, b.account, b.amount::text from ledger_balance b join affiliate a on a.id = b.affiliate_id
     where a.organization_id = $1 and b.amount <> 0 order by 1, 2`,
    [sandbox.id],
  );
  const standing: Standing = { orders: Object.fromEntries(orders.rows.map(({ id, text }) => [id, text])), balances: {} };
  for (const { id, account, amount } of balances.rows) standing.balances[id] = { ...standing.balances[id], [account]: amount };
  return standing;
}
