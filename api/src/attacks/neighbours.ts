import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { affiliateToken, must } from '../testing/acts.ts';
import { createTestSandbox, type TestApi, type TestSandbox } from '../testing/api.ts';

interface Step {
  readonly by: 'staff' | 'integrator' | 'self';
  readonly act: string;
}

interface Story {
  readonly programs: readonly string[];
  readonly enroll: object;
  readonly each: readonly Step[];
  readonly meeting: readonly Step[];
  readonly taken: readonly Step[];
  readonly out: readonly Step[];
}

const TEXT = readFileSync(new URL('neighbours.yaml', import.meta.url), 'utf8');
export const { programs: PROGRAMS } = parse(TEXT) as Story;

/** What is in all names of the other. */
export const MARK = 'qqzb';
const MINE = 'mine';
/** Amounts that only the other has. */
export const MARKED_AMOUNTS = ['917.31', '91731'];

/** The story told of one of the two. */
function storyOf(who: string): Story {
  const isOther = who === MARK;
  const told = TEXT.replaceAll('WHO', who)
    .replaceAll('OTHER', isOther ? MINE : MARK)
    .replaceAll('NUMBER', isOther ? '1' : '2')
    .replaceAll('BONUS-AMOUNT', isOther ? '"91731"' : '"50000"')
    .replaceAll('PRICE', isOther ? '"917.31"' : '"480.00"');
  return parse(told) as Story;
}

/** Two affiliates in the same programs. All that the other has bears its mark. */
export interface Neighbours {
  readonly sandbox: TestSandbox;
  readonly token: string;
  readonly otherToken: string;
}

export async function createNeighbours(api: TestApi): Promise<Neighbours> {
  const sandbox = await createTestSandbox(api, { programs: [...PROGRAMS], startsAt: '2026-03-01T00:00:00Z' });
  const { staff, integrator } = sandbox;
  const stories = [MINE, MARK].map(storyOf);
  for (const { programs, enroll } of stories) for (const program of programs) await must(staff, 'enrollAffiliate', { program, ...enroll });
  const tokens = { token: await affiliateToken(sandbox, `${MINE}-aff`), otherToken: await affiliateToken(sandbox, `${MARK}-aff`) };
  const tell = async (steps: readonly Step[], self = staff) => {
    for (const { by, act, ...input } of steps) await must({ staff, integrator, self }[by], act, input);
  };
  for (const { each } of stories) await tell(each);
  for (const { meeting } of stories) await tell(meeting);
  await tell(stories[1]!.taken);
  await sandbox.at('2026-06-01T00:00:00Z');
  await tell(stories[0]!.out, api.as(tokens.token));
  await tell(stories[1]!.out, api.as(tokens.otherToken));
  return { sandbox, ...tokens };
}
