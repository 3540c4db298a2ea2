import { StepFailed } from './failure.ts';
import type { Session } from './session.ts';

interface Proof {
  readonly balanced: boolean;
  readonly problems: readonly string[];
}

/** The books as the API proves them: postings sum to zero, and every balance is the sum of its postings. */
export async function checkBooks(session: Session): Promise<void> {
  if (!session.api.hasQuery('proof')) return;
  const { proof } = (await session.ask('{ proof { balanced problems } }')) as { proof: Proof };
  if (!proof.balanced) throw new StepFailed(['the books do not balance:', ...proof.problems], session.orders);
}

/** Available and reserved of every affiliate, to be compared after money went out. */
export type Holdings = ReadonlyMap<string, { readonly available: string; readonly reserved: string }>;

export async function holdingsOf(session: Session): Promise<Holdings> {
  const affiliates = [...session.affiliates].slice(0, 40);
  if (affiliates.length === 0 || !session.api.hasQuery('balances')) return new Map();
  const fields = affiliates.map(
    (_, i) => `a${i}: balances(program: $program, affiliate: $v${i}) { available { value } reserved { value } }`,
  );
  const query = `query ($program: String!, ${affiliates.map((_, i) => `$v${i}: String!`).join(', ')}) { ${fields.join(' ')} }`;
  const found = await session.ask(query, { program: session.program, ...Object.fromEntries(affiliates.map((id, i) => [`v${i}`, id])) });
  return new Map(
    affiliates.flatMap((id, i) => {
      const balances = found[`a${i}`] as { available: { value: string }; reserved: { value: string } } | null;
      return balances ? [[id, { available: balances.available.value, reserved: balances.reserved.value }] as const] : [];
    }),
  );
}

/** A balance may be negative, but no withdrawal and no redemption makes it so. */
export function checkHoldings(before: Holdings, after: Holdings): void {
  const problems = [...after].flatMap(([id, now]) => {
    const then = before.get(id);
    return (['available', 'reserved'] as const)
      .filter((name) => minorUnits(now[name]) < lesser(0n, then && minorUnits(then[name])))
      .map((name) => `balances.${id}.${name}: this step made it ${now[name]}; it was ${then?.[name] ?? 'not there'}`);
  });
  if (problems.length > 0) throw new StepFailed(problems);
}

/** All of one unit, with as many decimals. */
const minorUnits = (decimal: string) => BigInt(decimal.replace('.', ''));

/** A debt that was there may stay or grow less. */
const lesser = (a: bigint, b = 0n) => (a < b ? a : b);
