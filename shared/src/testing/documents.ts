import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Names of the bundled programs' documents and of the invented one, with their texts. */
export const documents: Record<string, string> = {
  ...Object.fromEntries(['alibaba', 'aliexpress', 'banggood', 'bigseller'].map((name) => [name, read(`../terms/programs/${name}.yaml`)])),
  fifth: read('./fifth-program.yaml'),
};

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

const parsed = parse(documents['fifth'] as string) as Record<string, unknown>;

/** The invented program's document as a value of one's own, with some places changed: `undefined` takes a member away. */
export function fifthProgram(...changes: [path: string, value: unknown][]): Record<string, unknown> {
  const document = structuredClone(parsed);
  for (const [path, value] of changes) put(document, path, value);
  return document;
}

/** Puts a value at a path such as `rates[2].rate.kind`. */
export function put(document: unknown, path: string, value: unknown): void {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  const last = steps.pop() as string;
  let place = document as Record<string, unknown>;
  for (const step of steps) place = place[step] as Record<string, unknown>;
  if (value === undefined && Array.isArray(place)) place.splice(Number(last), 1);
  else if (value === undefined) delete place[last];
  else place[last] = value;
}
