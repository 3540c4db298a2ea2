import { existsSync, readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import ts from 'typescript';
import { type Finding, lineOf, nodesOf, type Source } from './source.ts';

const PROGRAMS = 'shared/src/terms/programs';

// Written so that they do not find themselves.
const FORBIDDEN = [
  { pattern: /\b(T[O]DO|F[I]XME)\b/g, message: 'open ends go into an issue, not into the code' },
  { pattern: /\.onl[y]\(/g, message: 'this would run one test and skip the others' },
];

export function checkWords(root: string, sources: readonly Source[]): Finding[] {
  const programs = programNames(root);
  return sources.flatMap((source) => [
    ...FORBIDDEN.flatMap(({ pattern, message }) => matches(source, pattern, () => message)),
    ...(programs && !mayNamePrograms(source) ? matches(source, programs, (name) => `names the program "${name}": programs are data`) : []),
    ...findAny(source),
  ]);
}

/** The bundled programs are known by the names of their documents. */
function programNames(root: string): RegExp | undefined {
  const folder = join(root, PROGRAMS);
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.(ya?ml|json)$/.test(name))
        .map((name) => parse(name).name)
    : [];
  return names.length > 0 ? new RegExp(names.join('|'), 'gi') : undefined;
}

function mayNamePrograms({ path, isTest }: Source): boolean {
  return isTest || path.startsWith(`${PROGRAMS}/`);
}

function matches({ path, text, tree }: Source, pattern: RegExp, message: (found: string) => string): Finding[] {
  return [...text.matchAll(pattern)].map((match) => ({ path, line: lineOf(tree, match.index), message: message(match[0]) }));
}

function findAny({ path, tree }: Source): Finding[] {
  return [...nodesOf(tree)]
    .filter((node) => node.kind === ts.SyntaxKind.AnyKeyword)
    .map((node) => ({ path, line: lineOf(tree, node.getStart()), message: '`any` switches the types off' }));
}
