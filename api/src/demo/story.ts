import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** One call: who makes it, which mutation, and its input; of what was long ago, how many days, and the field that takes the instant. */
export interface Call {
  readonly caller: 'staff' | 'integrator';
  readonly mutation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly past?: { readonly daysAgo: number; readonly field: string };
}

/** A call, or days by which a sandbox's clock moves on. */
export type Step = Call | { readonly wait: number };

export interface Story {
  readonly live: readonly Call[];
  readonly sandbox: {
    readonly name: string;
    readonly startsDaysAgo: number;
    readonly programs: readonly string[];
    readonly steps: readonly Step[];
  };
  /** The first affiliate that the story brings in gets a token. */
  readonly affiliate: string;
  /** For whoever opens the explorer for the first time. */
  readonly query: string;
}

type RawStep = Readonly<Record<string, unknown>>;

interface RawStory {
  readonly live: readonly { readonly program: string; readonly startsDaysAgo: number; readonly steps: readonly RawStep[] }[];
  readonly sandbox: Omit<Story['sandbox'], 'steps'> & { readonly program: string; readonly steps: readonly RawStep[] };
  readonly query: string;
}

/** The demo's data: what is told stands there, not in code. */
export function readStory(): Story {
  const { live, sandbox, query } = parse(readFileSync(new URL('demo.yaml', import.meta.url), 'utf8')) as RawStory;
  const first = live[0]!.steps.find((step) => typeof step['affiliate'] === 'string')!;
  return {
    live: live.flatMap(readPast),
    sandbox: { ...sandbox, steps: sandbox.steps.map((step) => readStep(step, sandbox.program)) },
    affiliate: String(first['affiliate']),
    query: query.trim(),
  };
}

/** Facts of a live program happened before the demo was told: a `wait` lets days of the past go by. */
function readPast({ program, startsDaysAgo, steps }: RawStory['live'][number]): Call[] {
  const calls: Call[] = [];
  let daysAgo = startsDaysAgo;
  for (const step of steps.map((raw) => readStep(raw, program))) {
    if ('wait' in step) daysAgo -= step.wait;
    else calls.push({ ...step, ...pastOf(step, daysAgo) });
  }
  return calls;
}

function pastOf({ mutation }: Call, daysAgo: number): Pick<Call, 'past'> {
  const field = mutation === 'enrollAffiliate' ? 'since' : mutation.startsWith('record') ? 'occurredAt' : undefined;
  return field !== undefined && daysAgo > 0 ? { past: { daysAgo, field } } : {};
}

function readStep({ staff, integrator, wait, ...input }: RawStep, program: string): Step {
  if (typeof wait === 'number') return { wait };
  const caller = staff === undefined ? 'integrator' : 'staff';
  return { caller, mutation: String(staff ?? integrator), input: { program, ...input } };
}
