import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** One call: who makes it, which mutation, and its input. */
export interface Call {
  readonly caller: 'staff' | 'integrator';
  readonly mutation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A call, or days by which a sandbox's clock moves on. */
export type Step = Call | { readonly wait: number };

export interface Story {
  readonly live: readonly Step[];
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
  readonly live: readonly { readonly program: string; readonly steps: readonly RawStep[] }[];
  readonly sandbox: Omit<Story['sandbox'], 'steps'> & { readonly program: string; readonly steps: readonly RawStep[] };
  readonly query: string;
}

/** The demo's data: what is told stands there, not in code. */
export function readStory(): Story {
  const { live, sandbox, query } = parse(readFileSync(new URL('demo.yaml', import.meta.url), 'utf8')) as RawStory;
  const steps = live.flatMap(({ program, steps }) => steps.map((step) => readStep(step, program)));
  const first = live[0]!.steps.find((step) => typeof step['affiliate'] === 'string')!;
  return {
    live: steps,
    sandbox: { ...sandbox, steps: sandbox.steps.map((step) => readStep(step, sandbox.program)) },
    affiliate: String(first['affiliate']),
    query: query.trim(),
  };
}

function readStep({ staff, integrator, wait, ...input }: RawStep, program: string): Step {
  if (typeof wait === 'number') return { wait };
  const caller = staff === undefined ? 'integrator' : 'staff';
  return { caller, mutation: String(staff ?? integrator), input: { program, ...input } };
}
