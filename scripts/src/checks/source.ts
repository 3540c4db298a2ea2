import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export const PACKAGES = ['api', 'shared', 'scripts', 'admin', 'tag'] as const;
export type PackageName = (typeof PACKAGES)[number];

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Gone when the program runs. */
  readonly typeOnly: boolean;
}

export interface Source {
  /** From the repository's root, with slashes. */
  readonly path: string;
  readonly packageName: PackageName;
  readonly isTest: boolean;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export function readSources(root: string): Source[] {
  return PACKAGES.flatMap((packageName) => {
    const folder = join(root, packageName, 'src');
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
    return names
      .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(node_modules|generated)\//.test(name))
      .sort()
      .map((name) => readSource(root, packageName, `${packageName}/src/${name}`));
  });
}

function readSource(root: string, packageName: PackageName, path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const isTest = /\.test\.tsx?$/.test(path);
  return { path, packageName, isTest, text, tree, imports: findImports(tree) };
}

export function lineOf(tree: ts.SourceFile, position: number): number {
  return tree.getLineAndCharacterOfPosition(position).line + 1;
}

/** Every node of the tree, parents first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

function findImports(tree: ts.SourceFile): Import[] {
  const found: Import[] = [];
  for (const node of nodesOf(tree)) {
    const named = importOf(node);
    if (named && ts.isStringLiteralLike(named.from)) {
      found.push({ specifier: named.from.text, line: lineOf(tree, node.getStart()), typeOnly: named.typeOnly });
    }
  }
  return found;
}

function importOf(node: ts.Node): { from: ts.Node; typeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node)) return { from: node.moduleSpecifier, typeOnly: isTypeOnly(node.importClause) };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) return { from: node.moduleSpecifier, typeOnly: node.isTypeOnly };
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return { from: node.argument.literal, typeOnly: true };
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0]) {
    return { from: node.arguments[0], typeOnly: false };
  }
  return undefined;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const names = clause.namedBindings;
  return (
    !clause.name && !!names && ts.isNamedImports(names) && names.elements.length > 0 && names.elements.every((name) => name.isTypeOnly)
  );
}
