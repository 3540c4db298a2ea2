/// <reference types="vite/types/importMeta.d.ts" />
import { parse } from 'yaml';

// By the bundler and not from the disk: `shared` reads no files, and no program is named in code.
const texts = import.meta.glob<string>(['../terms/programs/*.yaml', './fifth-program.yaml'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Texts of the bundled programs' documents by name, and of the invented one as `fifth-program`. For tests. */
export const documents: Record<string, string> = Object.fromEntries(
  Object.entries(texts).map(([path, text]) => [path.replace(/^.*\//, '').replace('.yaml', ''), text]),
);

const parsed = parse(documents['fifth-program'] as string) as Record<string, unknown>;

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
