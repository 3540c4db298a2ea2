import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';

import { Amount, amountOf } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { recordedAt } from '../../platform/ids.ts';
import { type Affiliate, AffiliateType, affiliatesById } from '../affiliate/index.ts';
import { type Order, OrderType, ordersById } from '../order/index.ts';
import { forfeitureByProgram, type Program, ProgramType, programsById } from '../program/index.ts';
import { adjustmentsOf, changeOf, postingsOf, reversalsOf } from './entry.service.ts';
import type { Entry } from './ledger.entity.ts';
import { LedgerEntryType, PostingType } from './ledger.type.ts';
import { exponentOf, unitsOf } from './units.ts';

@Resolver(() => LedgerEntryType)
export class LedgerEntryResolver {
  @FieldResolver(() => ProgramType)
  program(@Root() { programId }: Entry, @Ctx() context: Context): Promise<Program> {
    return context.load(programsById).load(programId);
  }

  @FieldResolver(() => AffiliateType)
  affiliate(@Root() { affiliateId }: Entry, @Ctx() context: Context): Promise<Affiliate | null> {
    return context.load(affiliatesById).load(affiliateId);
  }

  @FieldResolver(() => Instant)
  recordedAt(@Root() { id }: Entry): Date {
    return recordedAt(id);
  }

  @FieldResolver(() => Amount)
  async change(@Root() entry: Entry, @Ctx() context: Context): Promise<Amount> {
    const [postings, exponent] = await Promise.all([context.load(postingsOf).load(entry), exponentFor(entry, context)]);
    return amountOf(changeOf(postings), entry.unit, exponent);
  }

  @FieldResolver(() => [PostingType])
  async postings(@Root() entry: Entry, @Ctx() context: Context): Promise<PostingType[]> {
    const [postings, exponent] = await Promise.all([context.load(postingsOf).load(entry), exponentFor(entry, context)]);
    return postings.map(({ debit, credit, amount, lotId }) => ({
      debit,
      credit,
      amount: amountOf(amount, entry.unit, exponent),
      lot: lotId,
    }));
  }

  @FieldResolver(() => OrderType, { nullable: true })
  order(@Root() { kind, causeId }: Entry, @Ctx() context: Context): Promise<Order | null> | null {
    return kind.startsWith('commission-') ? context.load(ordersById).load(causeId) : null;
  }

  @FieldResolver(() => String, { nullable: true })
  async reason(@Root() entry: Entry, @Ctx() context: Context): Promise<string | null> {
    if (entry.kind === 'forfeited') {
      const forfeiture = await context.load(forfeitureByProgram).load(entry.programId);
      return forfeiture && `${forfeiture.rule}: ${forfeiture.sentence}`;
    }
    return isByStaff(entry) ? ((await context.load(adjustmentsOf).load(entry))?.reason ?? null) : null;
  }

  @FieldResolver(() => String, { nullable: true })
  async by(@Root() entry: Entry, @Ctx() context: Context): Promise<string | null> {
    return isByStaff(entry) ? ((await context.load(adjustmentsOf).load(entry))?.by ?? null) : null;
  }

  @FieldResolver(() => LedgerEntryType, { nullable: true })
  reversedBy(@Root() entry: Entry, @Ctx() context: Context): Promise<Entry | null> | null {
    return isByStaff(entry) ? context.load(reversalsOf).load(entry) : null;
  }
}

const isByStaff = ({ kind }: Entry) => kind === 'adjustment' || kind === 'bonus';

async function exponentFor({ programId, unit }: Entry, { em, services }: Context): Promise<number> {
  return exponentOf(unitsOf(await services.terms.of(em, programId)), unit);
}
