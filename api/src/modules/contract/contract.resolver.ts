import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context, LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Enrollment, EnrollmentType, type Pair, pairKey } from '../affiliate/index.ts';
import { CONTRACT_COLUMNS, type Contract } from './contract.entity.ts';
import { ContractType } from './contract.type.ts';

/** The newest contract of enrollments. */
const contractsByPair: LoaderDefinition<Pair, Contract | null> = {
  keyOf: (pair) => pairKey(pair as Pair),
  async read({ em }, pairs) {
    const found = await rows<Contract>(
      em,
      `select ${CONTRACT_COLUMNS} from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, program_id) cross join lateral
         (select * from contract n where n.affiliate_id = k.affiliate_id and n.program_id = k.program_id order by n.id desc limit 1) c`,
      [pairs.map((pair) => pair.affiliateId), pairs.map((pair) => pair.programId)],
    );
    const byPair = new Map(found.map((contract) => [pairKey(contract), contract]));
    return pairs.map((pair) => byPair.get(pairKey(pair)) ?? null);
  },
};

/** What contracts add to an enrollment. */
@Resolver(() => EnrollmentType)
export class EnrollmentContractResolver {
  @Access('enrollment.read', 'own.read')
  @FieldResolver(() => ContractType, { nullable: true, description: 'The contract that was sent last; null: none was.' })
  contract(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<Contract | null> {
    return context.load(contractsByPair).load(enrollment);
  }
}
