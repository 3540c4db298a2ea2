import ts from 'typescript';
import { type Finding, lineOf, nodesOf, type Source } from './source.ts';

/** `shared` has no clock, no randomness and no surroundings: the same input gives the same output, always. */
const FORBIDDEN_MEMBERS = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'Temporal.Now',
]);
const FORBIDDEN_GLOBALS = new Set(['process', 'globalThis', 'fetch', 'setTimeout', 'setInterval', 'console']);

export function checkPurity(sources: readonly Source[]): Finding[] {
  return sources
    .filter(({ packageName, isTest }) => packageName === 'shared' && !isTest)
    .flatMap(({ path, tree }) =>
      [...nodesOf(tree)].flatMap((node) => {
        const what = impurity(node);
        return what ? [{ path, line: lineOf(tree, node.getStart()), message: `shared is pure and may not use ${what}` }] : [];
      }),
    );
}

function impurity(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const name = node.getText();
    return FORBIDDEN_MEMBERS.has(name) ? name : undefined;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date() without a time';
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()';
  return ts.isIdentifier(node) && FORBIDDEN_GLOBALS.has(node.text) && isGlobalUse(node) ? node.text : undefined;
}

/** Not the name of a property, parameter or the like that merely reads the same. */
function isGlobalUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node && !isDeclaredIn(node);
  const isUse =
    ((ts.isCallExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === node) ||
    (ts.isVariableDeclaration(parent) && parent.initializer === node);
  return isUse && !isDeclaredIn(node);
}

function isDeclaredIn(node: ts.Identifier): boolean {
  const declarations = [...nodesOf(node.getSourceFile())].filter(
    (other) =>
      (ts.isParameter(other) ||
        ts.isVariableDeclaration(other) ||
        ts.isFunctionDeclaration(other) ||
        ts.isImportSpecifier(other) ||
        ts.isBindingElement(other)) &&
      other.name?.getText() === node.text,
  );
  return declarations.length > 0;
}
