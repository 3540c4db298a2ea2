import { StepFailed } from '../failure.ts';
import { type Expectations, SUBJECTS, type Subject } from '../model.ts';
import type { Session } from '../session.ts';
import { difference } from './compare.ts';
import { SHAPES } from './fields.ts';

/** One thing, with what it must be like. */
interface Item {
  readonly subject: Subject;
  readonly id: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

type Values = Readonly<Record<string, unknown>>;

/** The API takes so many fields at the root of one query. */
const MAX_ITEMS = 40;

/** Throws `StepFailed` unless all is as expected. */
export async function checkExpectations(session: Session, expectations: Expectations): Promise<void> {
  const items = SUBJECTS.flatMap((subject) =>
    Object.entries(expectations[subject] ?? {}).map(([id, expected]): Item => ({ subject, id, expected })),
  );
  const problems: string[] = [];
  for (let start = 0; start < items.length; start += MAX_ITEMS) {
    problems.push(...(await checkItems(session, items.slice(start, start + MAX_ITEMS))));
  }
  if (problems.length > 0) throw new StepFailed(problems, ordersBehind(session, expectations, problems));
}

async function checkItems(session: Session, items: readonly Item[]): Promise<string[]> {
  const known = items.filter(({ subject }) => session.api.hasQuery(SHAPES[subject].query));
  const missing = new Set(items.filter((item) => !known.includes(item)).map(({ subject }) => subject));
  const found = known.length > 0 ? await session.ask(queryOf(known), variablesOf(session, known)) : {};
  const problems = [...missing].map((subject) => `${subject}: not yet supported by the API: it has no query ${SHAPES[subject].query}`);
  for (const [index, item] of known.entries()) {
    const thing = found[`a${index}`] as Values | null;
    problems.push(...(await problemsOf(session, item, thing)));
  }
  return problems;
}

async function problemsOf(session: Session, { subject, id, expected }: Item, thing: Values | null): Promise<string[]> {
  const path = `${subject}.${id}`;
  if (!thing) return [`${path}: expected to be there, found nothing of that id`];
  const problems: string[] = [];
  for (const [name, value] of Object.entries(expected)) {
    const { read, list, asAffiliate } = SHAPES[subject].fields[name]!;
    const seen = asAffiliate === undefined ? thing : await session.askAs(id, asAffiliate, { program: session.program });
    const found = isPhone(subject, name) ? await phoneAsSeen(session, id, thing) : read(seen);
    problems.push(...(difference(`${path}.${name}`, value, found, list)?.split('\n') ?? []));
  }
  return problems;
}

function queryOf(items: readonly Item[]): string {
  const parts = items.map(({ subject, expected }, index) => {
    const { query, args, fields } = SHAPES[subject];
    const names = Object.keys(expected).map((name) => fields[name]!.select);
    // Whose customer it is says who may look.
    if ('phone' in expected) names.push(fields['affiliate']!.select);
    return `a${index}: ${query}(${args(`$v${index}`)}) { ${[...new Set(['__typename', ...names])].join(' ')} }`;
  });
  const ids = items.map((_, index) => `$v${index}: String!`).join(', ');
  return `query ($program: String!, ${ids}) { ${parts.join(' ')} }`;
}

function variablesOf(session: Session, items: readonly Item[]): Record<string, string> {
  return { program: session.program, ...Object.fromEntries(items.map(({ id }, index) => [`v${index}`, id])) };
}

function isPhone(subject: Subject, name: string): boolean {
  return subject === 'customers' && name === 'phone';
}

/** Staff may see more of a phone than the affiliate does, and what the affiliate sees is expected. */
async function phoneAsSeen(session: Session, id: string, asStaffSee: Values): Promise<unknown> {
  const affiliate = SHAPES.customers.fields['affiliate']!.read(asStaffSee);
  if (typeof affiliate !== 'string') return undefined;
  const query = 'query ($program: String!, $id: String!) { customer(program: $program, id: $id) { phone } }';
  const { customer } = await session.askAs(affiliate, query, { program: session.program, id });
  return (customer as Values | null)?.['phone'] ?? undefined;
}

/** Orders whose explanation may say why: those that differ, or for anything else that differs all that were expected or told. */
function ordersBehind(session: Session, expectations: Expectations, problems: readonly string[]): string[] {
  const named = Object.keys(expectations.orders ?? {});
  const differing = named.filter((id) => problems.some((problem) => problem.startsWith(`orders.${id}`)));
  if (differing.length > 0) return differing;
  const aboutMoney = problems.some((problem) => problem.startsWith('balances.'));
  return aboutMoney ? [...new Set([...named, ...session.orders])] : [];
}
