import { productOfPage } from '@tributary/shared/compliance';
import { FieldReader } from '@tributary/shared/facts';
import type { Context, LoaderDefinition } from '../../context.ts';
import { formOf, queueOrdersPlaced, versionAt } from '../../intake/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { count, hotRows, row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { type Connection, makeConnection, type Page } from '../../platform/graphql/connection.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { noteChange } from '../audit/index.ts';
import { noProgram } from '../program/index.ts';
import { pageKeysOf } from './page-keys.ts';
import { type ForbiddenProduct, PRODUCT_COLUMNS, type Product, type SelfPurchase } from './product.entity.ts';
import type { ProductInput, ProductSearchArgs } from './product.input.ts';
import { type RecordedProduct, recordProducts } from './record-products.ts';
import { searchProducts } from './search.ts';

const SELF_PURCHASE = 'self-purchase';
const FORBIDDEN_COLUMNS = 'external_id as "product", holds_from as "holdsFrom", set_by as "setBy"';

export class ProductService {
  /** Records what the feed says; answers one by one. */
  async record(context: Context, programKey: string, products: readonly ProductInput[]): Promise<RecordedProduct[] | UserError> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return noProgram(programKey);
    const now = await context.now();
    const form = formOf(versionAt(await context.services.intake.termsOf(context.em, program.id, program.organizationId), now));
    const { results, revisits } = await inTransaction(context.em, (tx) => recordProducts(tx, program.id, products, form, now));
    if (revisits > 0) await context.services.intake.drain(program.id, program.organizationId);
    return results;
  }

  /** From now on the product earns nothing. Forbidden once, it stays so. */
  async forbid(context: Context, programKey: string, product: string): Promise<Outcome<ForbiddenProduct>> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return refused(noProgram(programKey));
    const read = new FieldReader();
    read.id(product, ['product']);
    if (read.refusal !== null) return refused(userError('INVALID', read.refusal.message, read.refusal.path));
    const now = await context.now();
    const { viewer, services } = context;
    const outcome = await inTransaction(context.em, async (tx) => {
      const text =
        'insert into forbidden_product (program_id, external_id, holds_from, set_by) values ($1, $2, $3, $4) on conflict do nothing';
      await rows(tx, text, [program.id, product, new Date(now), viewer.name]);
      const select = `select ${FORBIDDEN_COLUMNS} from forbidden_product where program_id = $1 and external_id = $2`;
      const forbidden = (await row<ForbiddenProduct>(tx, select, [program.id, product]))!;
      const revisits = await queueOrdersPlaced(tx, program.id, [{ product, from: now }], 'forbidden-product', now);
      return { forbidden, revisits };
    });
    if (outcome.revisits > 0) await services.intake.drain(program.id, program.organizationId);
    return done(outcome.forbidden);
  }

  /** Whether affiliates earn on orders of their own that are placed from now on. */
  async setSelfPurchase(context: Context, programKey: string, allowed: boolean): Promise<Outcome<SelfPurchase>> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return refused(noProgram(programKey));
    const holdsFrom = new Date(await context.now());
    const { viewer, services } = context;
    let revisits = 0;
    const outcome = await inTransaction(context.em, async (tx) => {
      // A switch has no row of its own to lock; the program's stands for it.
      await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${program.id}/${SELF_PURCHASE}`]);
      const last = await row<SelfPurchase>(
        tx,
        `select value = 'allowed' as allowed, holds_from as "holdsFrom", set_by as "setBy" from program_switch
         where program_id = $1 and name = $2 order by holds_from desc, id desc limit 1`,
        [program.id, SELF_PURCHASE],
      );
      if (last?.allowed === allowed) return done(last);
      noteChange(tx, { before: { allowed: last?.allowed ?? null }, after: { allowed } });
      const from = last !== undefined && last.holdsFrom > holdsFrom ? last.holdsFrom : holdsFrom;
      await rows(tx, 'insert into program_switch (program_id, id, name, value, holds_from, set_by) values ($1, $2, $3, $4, $5, $6)', [
        program.id,
        newId(),
        SELF_PURCHASE,
        allowed ? 'allowed' : 'forbidden',
        from,
        viewer.name,
      ]);
      revisits = await queueOrdersPlaced(tx, program.id, [{ from: from.getTime() }], SELF_PURCHASE, holdsFrom.getTime());
      return done({ allowed, holdsFrom: from, setBy: viewer.name });
    });
    if (revisits > 0) await services.intake.drain(program.id, program.organizationId);
    return outcome;
  }

  async find(context: Context, programKey: string, externalId: string): Promise<Product | null> {
    const program = await context.services.programs.find(context, programKey);
    return program === undefined ? null : productById(context.em, program.id, externalId);
  }

  /** Ordered by the caller's id: a few from each slice, put together. */
  async list(context: Context, programKey: string, page: Page): Promise<Connection<Product>> {
    const program = await context.services.programs.find(context, programKey);
    const programId = program?.id ?? null;
    const found = await rows<Product>(
      context.em,
      `select p.* from generate_series(0, 63) as s (slice) cross join lateral (
         select ${PRODUCT_COLUMNS} from product p
         where p.slice = s.slice::smallint and p.program_id = $1 and ($2::text is null or p.external_id > $2)
         order by p.external_id limit $3
       ) p order by p."externalId" limit $4 offset $5`,
      [programId, page.after?.[0] ?? null, page.limit + page.offset, page.limit, page.offset],
    );
    return makeConnection({
      rows: found,
      page,
      cursor: ({ externalId }) => [externalId],
      node: (product) => product,
      count: () => count(context.em, 'select count(*) from product where program_id = $1', [programId]),
    });
  }

  /** What can be had of a program's products, by words, in the order of their ids. Undefined: its terms have no such search. */
  async search(
    context: Context,
    { program: programKey, words, category }: ProductSearchArgs,
    page: Page,
  ): Promise<Connection<Product> | undefined> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return EMPTY(page);
    const terms = await context.services.intake.termsOf(context.em, program.id, program.organizationId);
    if (versionAt(terms, await context.now()).compiled.terms.links.search === undefined) return undefined;
    return searchProducts(context.em, program.id, { words, category: category ?? null }, page);
  }
}

const EMPTY = (page: Page): Connection<Product> =>
  makeConnection<Product, Product>({ rows: [], page, cursor: () => [], node: (product) => product, count: async () => 0 });

/** What the feed said last of a product; null: it never named it. */
export async function productById(em: EntityManager, programId: string, externalId: string): Promise<Product | null> {
  const text = `select ${PRODUCT_COLUMNS} from product p where p.slice = $1 and p.program_id = $2 and p.external_id = $3`;
  return (await row<Product>(em, text, [sliceOf(externalId), programId, externalId])) ?? null;
}

/** From when on products are forbidden. */
export const forbiddenSince: LoaderDefinition<Product, Date | null> = {
  keyOf: (product) => `${(product as Product).programId}/${(product as Product).externalId}`,
  async read({ em }, products) {
    const found = await rows<{ program_id: string; external_id: string; holds_from: Date }>(
      em,
      `select f.program_id, f.external_id, f.holds_from from unnest($1::uuid[], $2::text[]) as k (program_id, external_id)
       join forbidden_product f on f.program_id = k.program_id and f.external_id = k.external_id`,
      [products.map(({ programId }) => programId), products.map(({ externalId }) => externalId)],
    );
    const byProduct = new Map(found.map((item) => [`${item.program_id}/${item.external_id}`, item.holds_from]));
    return products.map(({ programId, externalId }) => byProduct.get(`${programId}/${externalId}`) ?? null);
  },
};

/**
 * What the feed said last of the product that a page shows; null: of none. Nearly always the page is known as it is asked for: that is a
 * statement of its own, and a short one.
 */
export async function productOnPage(em: EntityManager, programId: string, url: string): Promise<Product | null> {
  const keys = pageKeysOf(url);
  if (keys === null) return null;
  const [same] = await hotRows<Product>(em, ON_THE_SAME, [programId, keys.path, keys.query]);
  return same ?? productOfPage(url, await hotRows<Product>(em, ON_THE_PATH, [programId, keys.path]));
}

/** The same of many pages. */
export const productsByPage: LoaderDefinition<{ programId: string; url: string }, Product | null> = {
  keyOf: (key) => `${(key as { programId: string }).programId}/${(key as { url: string }).url}`,
  async read({ em }, keys) {
    const [first] = keys;
    return keys.length === 1 && first ? [await productOnPage(em, first.programId, first.url)] : readPages(em, keys);
  },
};

/**
 * Of all on a path those suffice that say which it is: the newest with the same query; and of the others one with the last of their
 * queries, and whether it is alone.
 */
const sameAs = (program: string, path: string, query: string) =>
  `from product p where p.program_id = ${program} and p.page = ${path} and p.page_query = ${query}
     order by p.seen_at desc, p.external_id collate "C" limit 1`;
const pathOf = (program: string, path: string) =>
  `from product p where p.program_id = ${program} and p.page = ${path}
     order by p.page_query desc, p.seen_at desc, p.external_id collate "C" limit 2`;
const ON_THE_SAME = `select ${PRODUCT_COLUMNS} ${sameAs('$1', '$2', '$3')}`;
const ON_THE_PATH = `select ${PRODUCT_COLUMNS} ${pathOf('$1', '$2')}`;
const ON_PAGES = `select k.number, p.* from unnest($1::uuid[], $2::bigint[], $3::bigint[]) with ordinality as k (program_id, path, query, number)
  cross join lateral (
    (select 0 as rank, ${PRODUCT_COLUMNS} ${sameAs('k.program_id', 'k.path', 'k.query')})
    union all
    (select 1, ${PRODUCT_COLUMNS} ${pathOf('k.program_id', 'k.path')})
  ) p order by k.number, p.rank, p."seenAt" desc, p."externalId" collate "C"`;

async function readPages(em: EntityManager, pages: readonly { programId: string; url: string }[]): Promise<(Product | null)[]> {
  const keys = pages.map(({ url }) => pageKeysOf(url));
  const found = await hotRows<Product & { number: bigint; rank: number }>(em, ON_PAGES, [
    pages.map(({ programId }) => programId),
    keys.map((key) => key?.path),
    keys.map((key) => key?.query),
  ]);
  const byNumber = Map.groupBy(found, ({ number }) => Number(number));
  return pages.map(({ url }, index) => {
    const products = (byNumber.get(index + 1) ?? []).map(({ number: _, rank: __, ...product }) => product);
    return productOfPage(url, products);
  });
}
