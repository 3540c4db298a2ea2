import { attributionRules, explain, isAboutAttribution } from '@tributary/shared/decide';
import { parseDecimal } from '@tributary/shared/money';
import type { CompiledTerms } from '@tributary/shared/terms';
import type { Context } from '../../context.ts';
import { amountOf } from '../../platform/graphql/money.ts';
import { affiliatesById } from '../affiliate/index.ts';
import { contentAt, orderKnowledge } from '../order/index.ts';
import type { Commission, Derivation } from './commission.entity.ts';
import { derivations } from './commission.loader.ts';
import type { ExplanationType } from './commission.type.ts';

async function compiledOf({ em, services, viewer }: Context, { programId, termsVersionId }: Derivation): Promise<CompiledTerms> {
  const { versions } = await services.intake.termsOf(em, programId, viewer.organizationId);
  return versions.find(({ id }) => id === termsVersionId)!.compiled;
}

/** Ids of the rules by which a decision found whom the order is attributed to. */
export async function rulesOfAttribution(context: Context, derivation: Derivation): Promise<string[]> {
  return attributionRules(await compiledOf(context, derivation), derivation.steps);
}

/** Why an order earns what it earns. An affiliate reads the same as staff, save who the others are. */
export async function explanationOf(context: Context, commission: Commission): Promise<ExplanationType> {
  const [derivation, knowledge, reader] = await Promise.all([
    context.load(derivations).load(commission),
    context.load(orderKnowledge).load(commission.orderId),
    readerOf(context),
  ]);
  const compiled = await compiledOf(context, derivation);
  const content = contentAt(knowledge, commission.decidedAt.getTime(), commission.lineAmounts.length);
  const lines = content.lines.map(({ sku, price, quantity }) => ({
    sku,
    value: (parseDecimal(price, compiled.currencyExponent) ?? 0n) * BigInt(quantity),
  }));
  const told = commission.moved ? derivation.steps.filter(isAboutAttribution) : derivation.steps;
  const steps = explain(compiled, told, { lines, language: context.language, ...(reader === undefined ? {} : { reader }) }).map(
    ({ assumed, amountAfter, ...step }) => ({
      ...step,
      assumed: assumed !== false,
      assumption: typeof assumed === 'string' ? assumed : null,
      amountAfter: amountAfter === null ? null : amountOf(amountAfter, commission.unit, commission.exponent),
    }),
  );
  return { steps, sentences: steps.map(({ sentence }) => sentence) };
}

async function readerOf(context: Context): Promise<string | undefined> {
  const { affiliateId } = context.viewer;
  return affiliateId === null ? undefined : (await context.load(affiliatesById).load(affiliateId))?.externalId;
}
