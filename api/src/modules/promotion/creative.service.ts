import { isPlainUrl } from '@tributary/shared/compliance';
import { FieldReader } from '@tributary/shared/facts';
import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { findAffiliateId } from '../affiliate/index.ts';
import { noProgram } from '../program/index.ts';
import { CREATIVE_COLUMNS, type Creative } from './promotion.entity.ts';
import type { CreativeArgs, PublishCreativeInput } from './promotion.input.ts';

const MOST_CREATIVES = 10_000;
/** Nothing that ends an attribute of HTML. */
const PLAIN = /^[^\s"'<>\\]{1,2000}$/;
/** What customers type in. */
const PUBLIC_CODE = /^[A-Za-z0-9][A-Za-z0-9_-]{1,39}$/;

/** Banners and offers. What is published once is not changed, only withdrawn: pages of others show it. */
export class CreativeService {
  /** The same again is that one. */
  async publish(context: Context, input: PublishCreativeInput): Promise<Outcome<Creative>> {
    const program = await context.services.programs.find(context, input.program);
    if (program === undefined) return refused(noProgram(input.program));
    const wrong = whatIsWrong(input);
    if (wrong !== null) return refused(wrong);
    const affiliateId = input.affiliate == null ? null : await findAffiliateId(context, input.affiliate);
    if (affiliateId === undefined) return refused(userError('NOT_FOUND', 'There is no such affiliate.', ['affiliate']));
    const link = await context.services.links.check(context, program.key, input.url);
    if (link?.accepted !== true) return refused(userError('INVALID', link?.reason ?? 'No link of the program may lead there.', ['url']));
    const now = new Date(await context.now());
    const { kind, title, url, image, width, height, code, details, validFrom, validUntil } = input;
    const values = [kind, title.trim(), url, image ?? null, width ?? null, height ?? null, code ?? null, details ?? null];
    const times = [validFrom, validUntil].map((at) => (at == null ? null : new Date(at)));
    return inTransaction<Outcome<Creative>>(context.em, async (tx) => {
      await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${program.id}/creatives`]);
      const known = await row<Creative & { same: boolean }>(
        tx,
        `select ${CREATIVE_COLUMNS}, (c.kind, c.title, c.url, c.image, c.width, c.height, c.code, c.details, c.valid_from, c.valid_until, c.affiliate_id)
           is not distinct from ($3::text, $4::text, $5::text, $6::text, $7::int, $8::int, $9::text, $10::text, $11::timestamptz, $12::timestamptz, $13::uuid) as same
         from creative c where c.program_id = $1 and c.external_id = $2`,
        [program.id, input.id, ...values, ...times, affiliateId],
      );
      if (known !== undefined)
        return known.same ? done(known) : refused(userError('CONFLICT', `The creative "${input.id}" is known with other content.`, ['id']));
      const held = await row<{ count: bigint }>(tx, 'select count(*) from creative where program_id = $1', [program.id]);
      if (held!.count >= MOST_CREATIVES) return refused(userError('TOO_MANY', `A program has ${MOST_CREATIVES} creatives at most.`));
      const made = await row<Creative>(
        tx,
        `insert into creative as c (program_id, external_id, kind, title, url, image, width, height, code, details, valid_from, valid_until, affiliate_id, id, made_at, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) returning ${CREATIVE_COLUMNS}`,
        [program.id, input.id, ...values, ...times, affiliateId, newId(), now, context.viewer.name],
      );
      return done(made as Creative);
    });
  }

  async withdraw(context: Context, programKey: string, id: string): Promise<Outcome<Creative>> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return refused(noProgram(programKey));
    const now = new Date(await context.now());
    return inTransaction<Outcome<Creative>>(context.em, async (tx) => {
      const text = `update creative c set withdrawn_at = coalesce(c.withdrawn_at, $3) where c.program_id = $1 and c.external_id = $2 returning ${CREATIVE_COLUMNS}`;
      const found = await row<Creative>(tx, text, [program.id, id, now]);
      return found === undefined ? refused(userError('NOT_FOUND', 'There is no such creative.', ['id'])) : done(found);
    });
  }

  /** The newest first. An affiliate sees what is everybody's or its own, and can be used now. */
  async list(context: Context, { program: key, kind, width, height }: CreativeArgs, page: Page): Promise<Connection<Creative>> {
    const program = await context.services.programs.find(context, key);
    const list = new List({ select: CREATIVE_COLUMNS, from: 'creative c', sort: [['c.id', 'uuid']], descending: true });
    list.where('c.program_id = ?', program?.id ?? null);
    if (kind != null) list.where('c.kind = ?', kind);
    if (width != null) list.where('c.width = ?', width);
    if (height != null) list.where('c.height = ?', height);
    if (context.viewer.affiliateId !== null) {
      const now = new Date(await context.now());
      list.where('c.affiliate_id is null or c.affiliate_id = ?', context.viewer.affiliateId);
      list.where(
        'c.withdrawn_at is null and (c.valid_from is null or c.valid_from <= ?) and (c.valid_until is null or c.valid_until > ?)',
        now,
        now,
      );
    }
    return list.read<Creative, Creative>(context.em, page, { cursor: ({ id }) => [id], node: (creative) => creative });
  }
}

function whatIsWrong(input: PublishCreativeInput) {
  const read = new FieldReader();
  read.id(input.id, ['id']);
  if (!read.text(input.title, ['title'], 300)?.trim()) read.refuse(['title'], 'A creative says something.');
  read.text(input.details, ['details'], 5_000);
  if (input.image != null && (!isPlainUrl(input.image) || !PLAIN.test(input.image)))
    read.refuse(['image'], 'The picture has no plain http or https address.');
  const sizes = (['width', 'height'] as const).filter((name) => input[name] != null && !(input[name] >= 1 && input[name] <= 10_000));
  for (const name of sizes) read.refuse([name], 'A size is from 1 to 10,000.');
  if (input.kind === 'banner') {
    for (const name of ['image', 'width', 'height'] as const)
      if (input[name] == null) read.refuse([name], 'A banner has a picture and its size.');
    if (input.code != null) read.refuse(['code'], 'A banner has no code.');
  }
  if (input.code != null && !PUBLIC_CODE.test(input.code))
    read.refuse(['code'], 'A code has 2 to 40 letters, digits, hyphens and underscores.');
  if (input.validFrom != null && input.validUntil != null && input.validUntil <= input.validFrom)
    read.refuse(['validUntil'], 'It would end before it begins.');
  return read.refusal === null ? null : userError('INVALID', read.refusal.message, read.refusal.path);
}
