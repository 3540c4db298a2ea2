import { bidsOnBrand, namesBrand, SOURCE_KINDS } from '@tributary/shared/compliance';
import { FieldReader, type Refusal } from '@tributary/shared/facts';
import { listOf } from '@tributary/shared/terms';
import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, ruleError, userError } from '../../platform/graphql/user-error.ts';
import { isId, newId } from '../../platform/ids.ts';
import { type Act, addEvents, notActive, onEnrollment, readText, revisitOrders } from '../affiliate/index.ts';
import { openCase } from './case.store.ts';
import { SOURCE_COLUMNS, type TrafficSource } from './compliance.entity.ts';
import type { DeclareTrafficSourceInput, MarkTrafficSourceInput } from './compliance.input.ts';

type Declared = Pick<TrafficSource, 'kind' | 'name' | 'url' | 'optIn' | 'optOut' | 'texts' | 'titles' | 'negativeKeywords'>;

const MOST_TEXTS = 100;

/** Where affiliates promote, as they declare it. */
export class SourceService {
  /** The same declaration again answers the first one's source. */
  declare(context: Context, input: DeclareTrafficSourceInput): Promise<Outcome<TrafficSource>> {
    const source = readSource(input);
    if ('code' in source) return Promise.resolve(refused(userError('INVALID', source.message, source.path)));
    return onEnrollment(context, input, async (act) => {
      const { compiled, enrollment } = act;
      const known = await knownSource(act, source);
      if (known !== undefined) return done(known);
      if (enrollment.status === 'rejected' || enrollment.status === 'terminated')
        return refused(notActive(compiled.terms, enrollment.status));
      const mailing = compiled.terms.sources?.mailing;
      if (mailing?.kinds.includes(source.kind) && !(source.optIn && source.optOut)) {
        const message = `A source of kind ${source.kind} needs an opt-in and a way to opt out; both must be declared.`;
        return refused(ruleError(mailing.id, message, [source.optIn ? 'optOut' : 'optIn']));
      }
      const written = await insertSource(act, source, flagsOf(act, source));
      // Rates may go by the kinds of sources that an affiliate has.
      await revisitOrders(act, 'traffic-source', act.now);
      return done(written);
    });
  }

  /** Clicks from the source earn nothing from now on, and a case is opened. A mark once set stays; the same again changes nothing. */
  mark(context: Context, input: MarkTrafficSourceInput): Promise<Outcome<TrafficSource>> {
    const evidence = readText(input.evidence, 'evidence');
    if (typeof evidence !== 'string') return Promise.resolve(refused(evidence));
    return onEnrollment(context, input, async (act) => {
      const { id } = act.compiled.terms.sources?.breach ?? {};
      if (id === undefined) return refused(userError('INVALID', 'The terms of the program know no marks on traffic sources.'));
      const source = await sourceOf(act, input.trafficSource);
      if (source === undefined) return refused(userError('NOT_FOUND', 'The affiliate declared no such source.', ['trafficSource']));
      if (act.history.some(({ kind, value }) => kind === 'source-breach' && value === source.id)) return done(source);
      await addEvents(act, [{ kind: 'source-breach', value: source.id, subject: source.url, reason: evidence }]);
      await openCase(act, id, { kind: 'source', id: source.id, text: evidence });
      // A click of this very instant, told before the mark, no longer counts.
      await revisitOrders(act, 'source-breach', act.now);
      return done(source);
    });
  }
}

function readSource(input: DeclareTrafficSourceInput): Declared | Refusal {
  const read = new FieldReader();
  const kind = read.oneOf(input.kind, SOURCE_KINDS, ['kind']) ?? '';
  const name = (read.text(input.name, ['name'], 200) ?? '').trim();
  const url = read.text(input.url, ['url'], 2000) ?? null;
  if (name === '') read.refuse(['name'], 'A traffic source has a name.');
  if (url !== null && !/^https?:\/\/[^\s/?#\\]+\.[^\s]*$/i.test(url)) read.refuse(['url'], 'That is no http or https address.');
  const texts = readTexts(read, input.texts, 'texts');
  const titles = readTexts(read, input.titles, 'titles');
  const negativeKeywords = readTexts(read, input.negativeKeywords, 'negativeKeywords');
  const consent = { optIn: input.optIn ?? null, optOut: input.optOut ?? null };
  return read.refusal ?? { kind, name, url, ...consent, texts, titles, negativeKeywords };
}

function readTexts(read: FieldReader, given: readonly string[] | null | undefined, field: string): string[] {
  if ((given?.length ?? 0) > MOST_TEXTS) read.refuse([field], `At most ${MOST_TEXTS} are taken.`);
  return (given ?? []).slice(0, MOST_TEXTS).map((text, index) => (read.text(text, [field, String(index)], 200) ?? '').trim());
}

function flagsOf({ compiled, now }: Act, source: Declared): string[] {
  const { brandInName, adAccounts } = compiled.terms.sources ?? {};
  const words = (list: string) => listOf(compiled, list, now);
  const place = { name: source.name, ...(source.url === null ? {} : { url: source.url }) };
  const flags = new Set<string>();
  if (brandInName !== undefined && namesBrand(place, words(brandInName.words), brandInName.parts)) flags.add(brandInName.id);
  if (adAccounts?.kinds.includes(source.kind) && declaresAds(source) && bidsOnBrand(source, words(adAccounts.words)))
    flags.add(adAccounts.id);
  return [...flags];
}

/** An account that says nothing of its ads yet has nothing to be judged by. */
function declaresAds({ texts, titles, negativeKeywords }: Declared): boolean {
  return texts.length + titles.length + negativeKeywords.length > 0;
}

/** A source that the affiliate declared in the program, by our id. */
export function sourceOf({ tx, enrollment }: Act, id: string): Promise<TrafficSource | undefined> {
  if (!isId(id)) return Promise.resolve(undefined);
  const text = `select ${SOURCE_COLUMNS} from traffic_source s where s.affiliate_id = $1 and s.program_id = $2 and s.id = $3`;
  return row<TrafficSource>(tx, text, [enrollment.affiliateId, enrollment.programId, id]);
}

function knownSource({ tx, enrollment }: Act, declared: Declared): Promise<TrafficSource | undefined> {
  const { kind, name, url, optIn, optOut, texts, titles, negativeKeywords } = declared;
  return row<TrafficSource>(
    tx,
    `select ${SOURCE_COLUMNS} from traffic_source s where s.affiliate_id = $1 and s.program_id = $2 and s.kind = $3 and s.name = $4
       and s.url is not distinct from $5 and s.opt_in is not distinct from $6 and s.opt_out is not distinct from $7
       and s.texts = $8 and s.titles = $9 and s.negative_keywords = $10 limit 1`,
    [enrollment.affiliateId, enrollment.programId, kind, name, url, optIn, optOut, texts, titles, negativeKeywords],
  );
}

async function insertSource({ tx, enrollment, now }: Act, declared: Declared, flags: readonly string[]): Promise<TrafficSource> {
  const { affiliateId, programId } = enrollment;
  const source = { id: newId(), affiliateId, programId, ...declared, flags, declaredAt: new Date(now) };
  await rows(
    tx,
    `insert into traffic_source (affiliate_id, program_id, id, kind, name, url, opt_in, opt_out, flags, declared_at, texts, titles, negative_keywords)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[affiliateId, programId, source.id, source.kind, source.name, source.url, source.optIn, source.optOut, flags, source.declaredAt],
      ...[source.texts, source.titles, source.negativeKeywords],
    ],
  );
  return source;
}
