import { randomBytes } from 'node:crypto';
import { createDatabase, dropDatabase, type KnownSince, openRecorder, type Recorder, type Told } from '@tributary/api';
import pg from 'pg';
import { compareDatabases, type Difference } from './compare.ts';
import { copyGiven, insertRows } from './copy.ts';
import { claimAgain, postAgain } from './entries.ts';
import { factOf } from './facts.ts';
import { type Item, readTimeline } from './timeline.ts';

export interface Replay {
  readonly facts: number;
  readonly acts: number;
  /** Facts that were taken once and are turned away now. */
  readonly refused: readonly string[];
  readonly differences: readonly Difference[];
}

/** Facts told in one go: of one program, without an act or much time between them. */
const AT_ONCE = 200;
const SPAN_MS = 3_600_000;

/** Tells all facts and acts of a database to an empty one, in the order in which they were recorded, and compares what comes out. */
export async function replay(url: string): Promise<Replay> {
  const copy = await createDatabase(url, `tributary_replay_${randomBytes(6).toString('hex')}`);
  const from = new pg.Client({ connectionString: url, application_name: 'tributary-prove' });
  const to = new pg.Client({ connectionString: copy, application_name: 'tributary-prove' });
  let recorder: Recorder | undefined;
  try {
    recorder = await openRecorder(copy);
    await from.connect();
    await to.connect();
    for (const client of [from, to]) await client.query("set timezone = 'UTC'");
    await from.query('begin transaction isolation level repeatable read read only');
    await copyGiven(from, to);
    const teller = new Teller(recorder, from, to);
    for await (const item of readTimeline(from)) await teller.tell(item);
    await teller.finish();
    return { facts: teller.facts, acts: teller.acts, refused: teller.refused, differences: await compareDatabases(from, to) };
  } finally {
    await from.end();
    await to.end();
    await recorder?.close();
    await dropDatabase(url, new URL(copy).pathname.slice(1));
  }
}

/** From when on a row holds for every order of the program, or for those that name its product: also for orders told before it. */
function knownSince(target: string | null, content: string): KnownSince | null {
  const row = JSON.parse(content) as { kind?: string; external_id?: string; holds_from: string; seen_at?: string };
  if (target === 'product_version') return { product: row.external_id!, from: Date.parse(row.seen_at!) };
  if (target === 'forbidden_product') return { product: row.external_id!, from: Date.parse(row.holds_from) };
  if (target === 'program_switch' || (target === 'enrollment_event' && row.kind === 'status')) return { from: Date.parse(row.holds_from) };
  return null;
}

/** Beside its states a product is as the last of them says, which visitors are sent by; nobody searches a replay. */
const KEEP_PRODUCT = `insert into product as p (slice, program_id, external_id, seen_at, page, page_query, category, price, offered, content, words)
  select slice, program_id, external_id, seen_at, page, page_query, category, coalesce(price, 0), available and participates, content, ''
  from json_populate_record(null::product_version, $1)
  on conflict (slice, program_id, external_id) do update set seen_at = excluded.seen_at, page = excluded.page, page_query = excluded.page_query,
    category = excluded.category, price = excluded.price, offered = excluded.offered, content = excluded.content
  where p.seen_at <= excluded.seen_at`;

class Teller {
  facts = 0;
  acts = 0;
  readonly refused: string[] = [];
  private readonly recorder: Recorder;
  private readonly from: pg.Client;
  private readonly to: pg.Client;
  private waiting: Item[] = [];
  private organizationId: string | undefined;

  constructor(recorder: Recorder, from: pg.Client, to: pg.Client) {
    this.recorder = recorder;
    this.from = from;
    this.to = to;
  }

  async tell(item: Item): Promise<void> {
    if (item.organizationId !== this.organizationId) await this.finish();
    this.organizationId = item.organizationId;
    const [first] = this.waiting;
    const fits =
      first?.programId === item.programId && this.waiting.length < AT_ONCE && item.told.getTime() - first.told.getTime() <= SPAN_MS;
    if (first && !fits) await this.flush();
    if (item.kind === 'row' || item.kind === 'claim' || item.kind === 'entry') {
      await this.flush();
      await this.act(item);
    } else {
      this.waiting.push(item);
    }
  }

  /** The end of an organization's story: what fell due since the last fact is done as it was done there. */
  async finish(): Promise<void> {
    await this.flush();
    if (this.organizationId) await this.recorder.runDue(this.organizationId, await this.lastDue(this.organizationId));
  }

  private async lastDue(organizationId: string): Promise<number> {
    const { rows } = await this.from.query<{ instant: Date | null }>(
      `select coalesce(o.clock, (select max(e.happened_at) from ledger_entry e join program p on p.id = e.program_id where p.organization_id = o.id)) as instant
       from organization o where o.id = $1`,
      [organizationId],
    );
    return rows[0]?.instant?.getTime() ?? 0;
  }

  private async flush(): Promise<void> {
    const items = this.waiting;
    const [first] = items;
    if (!first) return;
    this.waiting = [];
    await this.recorder.runDue(first.organizationId, first.told.getTime());
    const told = items.map((item): Told => ({ fact: factOf(item), now: item.told.getTime(), by: item.by }));
    const recorded = await this.recorder.record({ id: first.programId, organizationId: first.organizationId }, told);
    this.facts += items.length;
    for (const [index, result] of recorded.entries()) {
      if (!result.ok)
        this.refused.push(`${items[index]!.kind} ${items[index]!.content}: ${result.refusal.code}: ${result.refusal.message}`);
    }
  }

  private async act(item: Item): Promise<void> {
    this.acts += 1;
    await this.recorder.runDue(item.organizationId, item.told.getTime());
    if (item.kind === 'entry') {
      try {
        await postAgain(this.from, this.to, item.content);
      } catch (error) {
        this.refused.push(`entry ${item.content}: ${(error as Error).message}`);
      }
      const { affiliate_id: affiliateId } = JSON.parse(item.content) as { affiliate_id: string };
      await this.recorder.expire(item.programId, affiliateId, item.told.getTime());
      await this.recorder.runDue(item.organizationId, item.told.getTime());
      return;
    }
    if (item.kind === 'claim') return claimAgain(this.from, this.to, item.content);
    await insertRows(this.to, item.target!, [item.content]);
    if (item.target === 'product_version') await this.to.query(KEEP_PRODUCT, [item.content]);
    if (item.target === 'enrollment_event') await this.decideAgain(item);
    const { target, content, programId, organizationId, told } = item;
    const known = knownSince(target, content);
    if (known) await this.recorder.revisitPlaced({ id: programId, organizationId }, [known], target!, told.getTime());
  }

  /** What is decided about an affiliate reaches orders that are placed from then on; a breach reaches all of them. */
  private async decideAgain({ content, programId, organizationId, told }: Item): Promise<void> {
    const { affiliate_id, kind, holds_from } = JSON.parse(content) as { affiliate_id: string; kind: string; holds_from: string };
    const { rows } = await this.to.query<{ order_id: string }>(
      `select order_id from commission where affiliate_id = $1 and program_id = $2 and ($3 or placed_at >= $4)`,
      [affiliate_id, programId, kind === 'breach', holds_from],
    );
    const at = told.getTime();
    for (let start = 0; start < rows.length; start += AT_ONCE) {
      const facts = rows.slice(start, start + AT_ONCE).map(({ order_id }): Told => {
        const fact = { kind: 'revisit' as const, subject: 'order' as const, id: order_id, queued: [], cause: kind, at };
        return { fact, now: at, by: 'replay' };
      });
      await this.recorder.record({ id: programId, organizationId }, facts);
    }
  }
}
