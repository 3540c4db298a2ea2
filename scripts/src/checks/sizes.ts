import ts from 'typescript';
import { type Finding, lineOf, nodesOf, type Source } from './source.ts';

const LONG_FILE = 300;
const LONG_FUNCTION = 60;

/** Not wrong, but the point where one asks why. */
export function findLarge(sources: readonly Source[]): Finding[] {
  return sources.filter(({ isTest }) => !isTest).flatMap((source) => [...longFile(source), ...longFunctions(source)]);
}

function longFile({ path, text }: Source): Finding[] {
  const lines = text.trimEnd().split('\n').length;
  return lines > LONG_FILE ? [{ path, line: 1, message: `a file of ${lines} lines` }] : [];
}

function longFunctions({ path, tree }: Source): Finding[] {
  return [...nodesOf(tree)].filter(ts.isFunctionLike).flatMap((node) => {
    const line = lineOf(tree, node.getStart());
    const lines = lineOf(tree, node.getEnd()) - line + 1;
    return lines > LONG_FUNCTION ? [{ path, line, message: `${nameOf(node)} of ${lines} lines` }] : [];
  });
}

function nameOf(node: ts.SignatureDeclaration): string {
  const name = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  return name ? `the function ${name.getText()}` : 'a function';
}
