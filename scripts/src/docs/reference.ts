import { catalogue, type FactEntry, type Property, type Shape, shapeNamed } from '@tributary/shared/terms';
import { PLAIN_VALUES, valueWords } from './value-words.ts';

/** What stands before the generated part of docs/terms.md; all behind it is made anew. */
export const MARK = '<!-- From here on this page is written by `npx pnpm reference`. Changes by hand are lost. -->';

const LEVELS = ['order', 'line', 'click', 'affiliate', 'customer'] as const;

const OPERANDS = {
  'scalar-or-fact': 'a value, or `{ fact: … }`',
  list: 'values, or the name of a list',
  boolean: '`true` or `false`',
  decimal: 'a number in quotes',
  'span-of': '`{ of: <fact>, days: … }`, or `hours`, `minutes`, `years`',
  'list-name': 'the name of a list',
} as const;

/** All that a terms document can say, from the catalogue: what validation, JSON Schema and the API's catalogue are read from, too. */
export function termsReference(): string {
  const parts = [conditions(), facts(), plainValues(), everyClause(), objects()];
  return `${MARK}\n\n${parts.join('\n\n')}\n`;
}

/** The page with its generated part made anew. */
export function renewReference(page: string): string {
  const at = page.indexOf(MARK);
  if (at < 0) throw new Error(`docs/terms.md has lost its mark: ${MARK}`);
  return `${page.slice(0, at)}${termsReference()}`;
}

function conditions(): string {
  const operators = catalogue.operators.map(({ name, types, operand, description }) => [
    `\`${name}\``,
    types.join(', '),
    OPERANDS[operand],
    description,
  ]);
  const sections = catalogue.sections.map(({ conditions: path, levels, combines, description }) => [
    `\`${path}\``,
    levels.join(', '),
    combines === 'first-wins' ? 'the first that holds' : 'all that hold',
    description,
  ]);
  return [
    '## Conditions',
    'A condition is `{ all: [ … ] }`, `{ any: [ … ] }`, `{ not: … }`, or a test: `{ fact: <name>, <operator>: <operand> }` with exactly one operator.',
    '### Operators',
    table(['operator', 'for facts of type', 'followed by', 'says'], operators),
    '### Where conditions stand',
    table(['place', 'reads facts of', 'counts', 'decides'], sections),
  ].join('\n\n');
}

function facts(): string {
  return ['## Built-in facts', ...LEVELS.map((level) => factsOf(level))].join('\n\n');
}

function factsOf(level: (typeof LEVELS)[number]): string {
  const rows = catalogue.facts
    .filter((fact) => fact.level === level)
    .map((fact) => [`\`${fact.path}\``, fact.type, `${fact.description}${wordsOf(fact)}`]);
  return `### Of the ${level}\n\n${table(['fact', 'type', 'says'], rows)}`;
}

function wordsOf({ values, examples }: FactEntry): string {
  const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');
  if (values) return ` One of ${list(values)}.`;
  return examples ? ` Words in use: ${list(examples)}.` : '';
}

function plainValues(): string {
  const rows = Object.entries(PLAIN_VALUES).map(([kind, words]) => [kind, words]);
  return `## Plain values\n\n${table(['kind', 'written as'], rows)}`;
}

function everyClause(): string {
  return `## What every clause carries\n\n${propertyTable(shapeNamed('Clause').properties)}`;
}

function objects(): string {
  const intro = '“Clause” marks the objects that carry a rule: they have the properties above besides their own.';
  return ['## Objects', intro, ...catalogue.shapes.map(objectWords)].join('\n\n');
}

function objectWords({ name, description, clause, properties, oneOf }: Shape): string {
  const inherited = clause ? shapeNamed('Clause').properties : {};
  const own = Object.fromEntries(Object.entries(properties).filter(([key]) => !(key in inherited)));
  return [
    `### ${name}`,
    `${clause ? 'Clause. ' : ''}${description}`,
    ...(Object.keys(own).length > 0 ? [propertyTable(own)] : []),
    ...oneOf.map((group) => `Exactly one of ${group.map((key) => `\`${key}\``).join(', ')}.`),
  ].join('\n\n');
}

const NEEDED = { true: 'yes', false: '', open: 'yes: silence would leave it open' } as const;

function propertyTable(properties: Readonly<Record<string, Property>>): string {
  const rows = Object.entries(properties).map(([key, { value, required, description }]) => [
    `\`${key}\``,
    NEEDED[`${required}`],
    valueWords(value),
    description,
  ]);
  return table(['property', 'required', 'value', 'says'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
