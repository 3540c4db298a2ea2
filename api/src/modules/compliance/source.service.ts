import { namesBrand, SOURCE_KINDS } from '@tributary/shared/compliance';
import { FieldReader, type Refusal } from '@tributary/shared/facts';
import { listOf } from '@tributary/shared/terms';
import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, ruleError, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { type Act, notActive, onEnrollment, revisitOrders } from '../affiliate/index.ts';
import { SOURCE_COLUMNS, type TrafficSource } from './compliance.entity.ts';
import type { DeclareTrafficSourceInput } from './compliance.input.ts';

type Declared = Pick<TrafficSource, 'kind' | 'name' | 'url' | 'optIn' | 'optOut'>;

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
}

function readSource(input: DeclareTrafficSourceInput): Declared | Refusal {
  const read = new FieldReader();
  const kind = read.oneOf(input.kind, SOURCE_KINDS, ['kind']) ?? '';
  const name = (read.text(input.name, ['name'], 200) ?? '').trim();
  const url = read.text(input.url, ['url'], 2000) ?? null;
  if (name === '') read.refuse(['name'], 'A traffic source has a name.');
  if (url !== null && !/^https?:\/\/[^\s/?#\\]+\.[^\s]*$/i.test(url)) read.refuse(['url'], 'That is no http or https address.');
  return read.refusal ?? { kind, name, url, optIn: input.optIn ?? null, optOut: input.optOut ?? null };
}

function flagsOf({ compiled, now }: Act, { name, url }: Declared): string[] {
  const clause = compiled.terms.sources?.brandInName;
  if (clause === undefined) return [];
  const source = { name, ...(url === null ? {} : { url }) };
  return namesBrand(source, listOf(compiled, clause.words, now), clause.parts) ? [clause.id] : [];
}

function knownSource({ tx, enrollment }: Act, { kind, name, url, optIn, optOut }: Declared): Promise<TrafficSource | undefined> {
  return row<TrafficSource>(
    tx,
    `select ${SOURCE_COLUMNS} from traffic_source s where s.affiliate_id = $1 and s.program_id = $2 and s.kind = $3 and s.name = $4
       and s.url is not distinct from $5 and s.opt_in is not distinct from $6 and s.opt_out is not distinct from $7 limit 1`,
    [enrollment.affiliateId, enrollment.programId, kind, name, url, optIn, optOut],
  );
}

async function insertSource({ tx, enrollment, now }: Act, declared: Declared, flags: readonly string[]): Promise<TrafficSource> {
  const { affiliateId, programId } = enrollment;
  const source = { id: newId(), affiliateId, programId, ...declared, flags, declaredAt: new Date(now) };
  await rows(
    tx,
    `insert into traffic_source (affiliate_id, program_id, id, kind, name, url, opt_in, opt_out, flags, declared_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [affiliateId, programId, source.id, source.kind, source.name, source.url, source.optIn, source.optOut, flags, source.declaredAt],
  );
  return source;
}
