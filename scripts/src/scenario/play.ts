import { checkBooks, checkHoldings, type Holdings, holdingsOf } from './books.ts';
import { checkExpectations } from './expect/index.ts';
import { explain } from './explain.ts';
import { StepFailed } from './failure.ts';
import type { Expectations, Order, Step } from './model.ts';
import { readScenario, UnreadableScenario } from './read.ts';
import { type Answer, type Parts, Session } from './session.ts';
import type { Telling } from './steps/act.ts';
import { actOf, mayBeLate, movesMoneyOut } from './steps/index.ts';

export interface Outcome {
  readonly file: string;
  readonly seconds: number;
  /** Empty: it passed. */
  readonly failure: readonly string[];
}

/** Plays one file from an empty state. */
export async function playFile(parts: Parts, file: string): Promise<Outcome> {
  const begun = performance.now();
  const failure = await failureOf(parts, file);
  return { file, seconds: (performance.now() - begun) / 1_000, failure };
}

async function failureOf(parts: Parts, file: string): Promise<string[]> {
  let step: Step | undefined;
  let session: Session | undefined;
  try {
    const scenario = readScenario(file);
    session = await Session.open(parts, scenario);
    for (step of scenario.steps) await playStep(session, step);
    return [];
  } catch (error) {
    if (error instanceof UnreadableScenario) return error.message.split('\n');
    const where = step ? [`step ${step.number}, ${describe(step)}, at ${step.at}`] : ['before the first step'];
    if (error instanceof StepFailed)
      return [...where, ...error.problems.map(indent), ...faultsOf(parts, error), ...(await why(session, error))];
    return [...where, indent(`the player can't go on: ${(error as Error).message || String(error)}`)];
  }
}

async function why(session: Session | undefined, { orders }: StepFailed): Promise<string[]> {
  return session ? (await explain(session, orders)).map(indent) : [];
}

/** Of a fault on the server's side the API tells nothing; its log does. */
function faultsOf({ log }: Parts, { problems }: StepFailed): string[] {
  if (!problems.some((problem) => problem.includes('INTERNAL'))) return [];
  return ['the server wrote:', ...log().split('\n').slice(-3).flatMap(stackOf).map(indent)];
}

function stackOf(line: string): string[] {
  const stack = /"stack":("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
  return stack ? String(JSON.parse(stack)).split('\n').slice(0, 6) : [line.slice(0, 300)];
}

const indent = (line: string) => `  ${line}`;

async function playStep(session: Session, step: Step): Promise<void> {
  await session.advanceTo(step.at, step.instant);
  const before = movesMoneyOut(step) ? await holdingsOf(session) : undefined;
  if (step.kind === 'expect') await checkExpectations(session, step.content as Expectations);
  else if (step.kind !== 'wait') await act(session, step);
  await checkBooks(session);
  if (before) await compareHoldings(session, before);
}

async function compareHoldings(session: Session, before: Holdings): Promise<void> {
  checkHoldings(before, await holdingsOf(session));
}

async function act(session: Session, step: Step): Promise<void> {
  if (step.occurredAt !== undefined && !mayBeLate(step)) throw new StepFailed(['occurredAt: only a fact can have happened earlier']);
  const telling: Telling = {
    program: session.program,
    batchNamed: (batch) => session.batchNamed(batch),
    occurredAt: step.occurredAt,
    read: (path) => session.read(path),
    sourceNamed: (affiliate, name) => session.sourceNamed(affiliate, name),
    questionAbout: (affiliate, rule) => session.questionAbout(affiliate, rule),
    matchOf: (affiliate) => session.matchOf(affiliate),
    couponOf: (redemption) => session.couponOf(redemption),
    declares: (level, name) => session.declares(level, name),
  };
  const told = await actOf(step, telling);
  const send = (): Promise<Answer> =>
    'path' in told
      ? session.upload(told)
      : session.send(told.isOfProgram === false ? told : { ...told, input: { program: session.program, ...told.input } });
  const answer = await send();
  checkAnswer(session, step, answer);
  if (!answer.refusal) remember(session, step);
  if (!step.repeat) return;
  const again = await send();
  if (again.text !== answer.text || again.refusal !== answer.refusal) {
    throw new StepFailed([
      `sent a second time: expected the same answer ${answer.text}, found ${again.text}${again.message && `: ${again.message}`}`,
    ]);
  }
}

function checkAnswer(session: Session, step: Step, { refusal, message }: Answer): void {
  if (refusal === step.refused) return;
  const expected = step.refused ? `expected to be refused by ${step.refused}` : 'expected to be done';
  throw new StepFailed([`${expected}, found ${refusal ? `refused by ${message}` : 'done'}`], orderOf(session, step));
}

function remember(session: Session, step: Step): void {
  if (step.kind === 'enroll' || step.kind === 'apply') session.affiliates.add((step.content as { affiliate: string }).affiliate);
  if (step.kind === 'order') session.orders.push((step.content as Order).id);
  if (step.kind === 'publishTerms') session.forgetTerms();
}

/** The order that a step is about, where it is known. */
function orderOf(session: Session, { content }: Step): string[] {
  const { id, order } = content as { id?: string; order?: string };
  return [order ?? id ?? ''].filter((name) => session.orders.includes(name));
}

function describe({ kind, content, repeat }: Step): string {
  const about = content as Record<string, unknown>;
  const name = ['id', 'order', 'customer', 'affiliate', 'withdrawal', 'batch', 'redemption', 'product', 'terms']
    .map((key) => about[key])
    .find((id) => typeof id === 'string');
  return `${kind}${kind !== 'expect' && name ? ` ${String(name)}` : ''}${repeat ? ' (sent twice)' : ''}`;
}

/** Plays so many at once; each file's own steps keep their order. */
export async function playAll(
  parts: Parts,
  files: readonly string[],
  atOnce: number,
  onDone: (index: number, outcome: Outcome) => void,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < files.length) {
      const index = next++;
      onDone(index, await playFile(parts, files[index]!));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, files.length) }, worker));
}
