import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseInstant } from '@tributary/shared/time';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { REPOSITORY } from '../run.ts';
import type { Scenario, Step, StepContents, StepKind } from './model.ts';

const SCHEMA = join(REPOSITORY, 'scenarios', 'scenario.schema.json');
const MAX_PROBLEMS = 8;
/** Of a step, beside what it tells. */
const FRAME = ['at', 'occurredAt', 'refused', 'repeat'];

/** A file that tells no scenario; the message says all that is wrong with it. */
export class UnreadableScenario extends Error {}

/** The files that the arguments name: folders with all that is in them. A path that leads nowhere stays, to fail as a file. */
export function findFiles(paths: readonly string[], folders: readonly string[]): string[] {
  const found = paths.flatMap((path) => {
    const candidates = folders.map((folder) => resolve(folder, path));
    const there = candidates.find((candidate) => existsSync(candidate)) ?? candidates[0]!;
    return existsSync(there) && statSync(there).isDirectory() ? filesIn(there) : [there];
  });
  return [...new Set(found)];
}

function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true }).map(String).sort();
  return names
    .filter((name) => /\.(ya?ml|json)$/.test(name) && !/\.schema\.json$/.test(name) && !/(^|[\\/])(\.|node_modules[\\/])/.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !isTermsDocument(path));
}

/** Terms may lie beside the scenarios that play them. They say what they are in their first words. */
function isTermsDocument(path: string): boolean {
  return /^\s*(\{\s*)?"?format"?\s*:\s*"?tributary\/terms\//m.test(readFileSync(path, 'utf8').slice(0, 2_000));
}

export function shortPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path === '' || path.length > file.length ? file : path;
}

let validate: ReturnType<Ajv2020['compile']> | undefined;

function validator(): ReturnType<Ajv2020['compile']> {
  if (validate) return validate;
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true });
  // As the API reads them: RFC 3339 with a zone, a real day, milliseconds at most.
  ajv.addFormat('date-time', { type: 'string', validate: (text: string) => parseInstant(text) !== null });
  validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  return validate;
}

/** Reads one file, or throws `UnreadableScenario`. */
export function readScenario(file: string): Scenario {
  const told = parseFile(file);
  const check = validator();
  if (!check(told)) throw new UnreadableScenario(problemsOf(check.errors ?? [], told).join('\n'));
  const { title, program, steps } = told as { title: string; program: string; steps: RawStep[] };
  const scenario = { file, title, program, steps: steps.map(readStep) };
  checkOrder(scenario.steps);
  return scenario;
}

function parseFile(file: string): unknown {
  if (!existsSync(file)) throw new UnreadableScenario('There is no such file.');
  const bytes = readFileSync(file);
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), { uniqueKeys: true, merge: false });
  } catch (error) {
    throw new UnreadableScenario(`It can't be read: ${(error as Error).message.trim()}`);
  }
}

type RawStep = { at: string; occurredAt?: string; refused?: string; repeat?: boolean } & { [K in StepKind]?: StepContents[K] };

function readStep(raw: RawStep, index: number): Step {
  const kind = kindsOf(raw)[0] as StepKind;
  const { at, occurredAt, refused, repeat = false } = raw;
  return {
    number: index + 1,
    at,
    instant: parseInstant(at)!,
    ...(occurredAt === undefined ? {} : { occurredAt }),
    ...(refused === undefined ? {} : { refused }),
    repeat,
    kind,
    content: raw[kind]!,
  };
}

function checkOrder(steps: readonly Step[]): void {
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    if (before && step.instant < before.instant) {
      throw new UnreadableScenario(`Step ${step.number} is at ${step.at}, before the step above it at ${before.at}.`);
    }
  }
}

function kindsOf(step: object): string[] {
  return Object.keys(step).filter((key) => !FRAME.includes(key));
}

function problemsOf(errors: readonly ErrorObject[], told: unknown): string[] {
  const problems = errors
    .filter(({ schemaPath, keyword }) => keyword !== 'if' && !/\/oneOf\/\d/.test(schemaPath))
    .map((error) => problemOf(error, told));
  const unique = [...new Set(problems)];
  const more = unique.length - MAX_PROBLEMS;
  return ['It does not fit the schema:', ...unique.slice(0, MAX_PROBLEMS), ...(more > 0 ? [`and ${more} more`] : [])];
}

function problemOf({ instancePath, keyword, params, message }: ErrorObject, told: unknown): string {
  const path = instancePath.split('/').slice(1);
  const shown = path.map((part, index) => (index === 1 && path[0] === 'steps' ? String(Number(part) + 1) : part)).join('.');
  const at = shown.replace(/^steps\.(\d+)\.?/, 'step $1 ').trim() || 'the file';
  const value = path.reduce<unknown>(
    (outer, part) => (outer as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')],
    told,
  );
  if (keyword === 'oneOf') {
    const kinds = kindsOf((value ?? {}) as object);
    return `${at}: a step tells exactly one thing; this one tells ${kinds.length === 0 ? 'nothing' : kinds.join(' and ')}`;
  }
  if (keyword === 'additionalProperties') return `${at}: ${JSON.stringify(params['additionalProperty'])} is not known here`;
  if (keyword === 'enum') return `${at}: ${JSON.stringify(value)} is none of ${(params['allowedValues'] as unknown[]).join(', ')}`;
  if (keyword === 'required') return `${at}: ${params['missingProperty']} is missing`;
  if (keyword === 'format') return `${at}: ${JSON.stringify(value)} is no instant such as 2026-03-01T12:00:00Z`;
  if (keyword === 'pattern' || keyword === 'type') return `${at}: ${JSON.stringify(value)} ${message}`;
  return `${at}: ${message}`;
}
