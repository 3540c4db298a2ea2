import {
  type GraphQLInputType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { HOSTILE } from '../testing/acts.ts';
import type { Chance } from './chance.ts';
import { type Field, mutations, queries } from './generate.ts';
import { PROGRAMS } from './neighbours.ts';

const KNOWN = [
  ...PROGRAMS,
  'mine-aff',
  'mine-o1',
  'mine-k1',
  'mine-v1',
  'mine-customer',
  'mine-link',
  'USD',
  'DE',
  '2026-04-01T00:00:00Z',
  '10.00',
  '5',
  'paypal',
  'website',
  'home',
];
const ODD = [
  ...HOSTILE,
  '',
  ' ',
  '\u202e',
  '😀',
  'é'.repeat(300),
  'x'.repeat(5_000),
  '-1',
  '1e400',
  '0x10',
  'NaN',
  '99999999999999999999',
  '9999-12-31T23:59:59Z',
  '0000-00-00',
  'null',
  '__proto__',
  'constructor',
  '018f0000-0000-7000-8000-000000000000',
];
const JUNK: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  '',
  [],
  [[]],
  {},
  { a: 1 },
  { constructor: { prototype: { x: 1 } } },
];
const DIRECTIVES = [
  '@include(if: true)',
  '@skip(if: false)',
  '@include(if: $x)',
  '@nothing',
  '@deprecated',
  '@include',
  '@skip(if: "x")',
  '@specifiedBy(url: "x")',
];

export interface Sent {
  readonly body: string | Uint8Array;
  readonly type: string;
}

/** Requests by chance: most nearly right, some right, some nothing at all. */
export class RandomRequests {
  private readonly chance: Chance;
  private readonly declared: string[] = [];
  private readonly variables: Record<string, unknown> = {};
  private fragments: string[] = [];

  constructor(chance: Chance) {
    this.chance = chance;
  }

  next(): Sent {
    const { chance } = this;
    this.declared.length = 0;
    for (const key of Object.keys(this.variables)) delete this.variables[key];
    this.fragments = [];
    const query = chance.is(0.15) ? this.spoil(this.document()) : this.document();
    const type = chance.is(0.02)
      ? chance.pick(['text/plain', 'application/graphql', 'application/json; charset=utf-16', 'x'])
      : 'application/json';
    if (chance.is(0.01)) return { type, body: Uint8Array.from({ length: chance.below(400) }, () => chance.below(256)) };
    const variables = chance.is(0.03) ? chance.pick(JUNK) : this.variables;
    const operationName = chance.is(0.03) ? chance.pick([...ODD, 5, {}]) : undefined;
    const extensions = chance.is(0.02) ? chance.pick([...JUNK, { persistedQuery: { version: 1, sha256Hash: 'a' } }]) : undefined;
    const body = JSON.stringify(chance.is(0.01) ? chance.pick(JUNK) : { query, variables, operationName, extensions });
    return { type, body: chance.is(0.03) ? this.spoil(body) : body };
  }

  private document(): string {
    const { chance } = this;
    const isAct = chance.is(0.4);
    const fields = isAct ? mutations() : queries();
    const count = chance.is(0.99) ? 1 + chance.below(2) : chance.below(60);
    const roots = Array.from({ length: count }, (_, index) =>
      this.field(chance.pick(fields), chance.is(0.02) ? 9 : chance.below(4), index),
    );
    if (chance.is(0.03))
      roots.push(chance.pick(['__schema { types { name fields { name } } }', '__type(name: "Viewer") { name }', '__typename']));
    const head = this.declared.length > 0 ? `(${this.declared.join(', ')})` : '';
    return `${isAct ? 'mutation' : chance.is(0.98) ? 'query' : 'subscription'} ${chance.is(0.3) ? 'Q' : ''}${head} { ${roots.join(' ')} } ${this.fragments.join(' ')}`;
  }

  private field(field: Field, depth: number, index: number): string {
    const { chance } = this;
    const args = field.args
      .filter((arg) => (arg.type instanceof GraphQLNonNull && arg.defaultValue === undefined ? chance.is(0.97) : chance.is(0.2)))
      .map((arg) => `${arg.name}: ${this.argument(arg.type)}`);
    if (chance.is(0.004)) args.push(`nothing: ${this.argument(chance.pick(field.args)?.type)}`);
    const alias = chance.is(0.5) ? `a${index}: ` : '';
    const call = `${alias}${chance.is(0.004) ? 'nothing' : field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}`;
    return `${call} ${this.directive()} ${this.selection(getNamedType(field.type), depth)}`;
  }

  private selection(type: GraphQLNamedType, depth: number): string {
    const { chance } = this;
    if (!isObjectType(type)) return chance.is(0.002) ? '{ x }' : '';
    const all = Object.values(type.getFields());
    const chosen = Array.from({ length: 1 + chance.below(4) }, () => chance.pick(all)).filter(
      (field) => depth > 0 || !isObjectType(getNamedType(field.type)),
    );
    const parts = chosen.map((field, index) => this.field(field, depth - 1, index));
    if (chance.is(0.03)) parts.push(`... on ${chance.pick([type.name, type.name, 'Query', 'Nothing'])} { __typename }`);
    if (chance.is(0.02)) parts.push(this.spread(type, parts[0] ?? '__typename'));
    return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`;
  }

  /** A fragment, at times one that leads back to itself. */
  private spread(type: GraphQLNamedType, part: string): string {
    const name = `f${this.fragments.length}`;
    const back = this.chance.is(0.2) ? `...${this.chance.pick([name, 'f0', 'nowhere'])}` : '';
    this.fragments.push(`fragment ${name} on ${type.name} { ${part} ${back} }`);
    return `...${name}`;
  }

  private directive(): string {
    if (!this.chance.is(0.01)) return '';
    return Array.from({ length: this.chance.is(0.05) ? 150 : 1 }, () => this.chance.pick(DIRECTIVES)).join(' ');
  }

  private argument(type: GraphQLInputType | undefined): string {
    const { chance } = this;
    if (!type) return '1';
    const value = this.value(type, 4);
    if (chance.is(0.4)) {
      const name = `v${this.declared.length}`;
      this.declared.push(`$${name}: ${chance.is(0.95) ? type : chance.pick(['String', 'Int!', '[Nothing]'])}`);
      if (chance.is(0.97)) this.variables[name] = value;
      return `$${name}`;
    }
    return literal(value, getNamedType(type));
  }

  /** As JSON. Mostly of the right kind. */
  private value(type: GraphQLInputType, depth: number): unknown {
    const { chance } = this;
    if (chance.is(0.01)) return chance.pick(JUNK);
    if (type instanceof GraphQLNonNull) return this.value(type.ofType as GraphQLInputType, depth);
    if (type instanceof GraphQLList)
      return Array.from({ length: chance.is(0.003) ? 1_200 : chance.below(3) }, () => this.value(type.ofType as GraphQLInputType, 1));
    if (isEnumType(type)) return chance.is(0.99) ? chance.pick(type.getValues()).name : 'NOTHING';
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) =>
        field.type instanceof GraphQLNonNull ? chance.is(0.98) : depth > 0 && chance.is(0.3),
      );
      const made = fields.map((field): [string, unknown] => [field.name, this.value(field.type, depth - 1)]);
      return Object.fromEntries(chance.is(0.02) ? [...made, ['nothing', 1]] : made);
    }
    const text = chance.is(0.85) ? chance.pick(KNOWN) : chance.pick(ODD);
    if (type.name === 'Int') return chance.is(0.8) ? chance.pick([1, 5, 20, 100]) : chance.pick([0, -1, 101, 2 ** 31 - 1, 2 ** 40, 1.5]);
    if (type.name === 'Boolean') return chance.is(0.9) ? chance.is(0.5) : text;
    if (type.name === 'Instant' && chance.is(0.9)) return '2026-05-01T00:00:00Z';
    if ((type.name === 'Decimal' || type.name === 'Percent') && chance.is(0.9))
      return chance.pick(['1.00', '10', '0', '5.5', '100000000000000', '-3']);
    return text;
  }

  private spoil(text: string): string {
    const { chance } = this;
    const at = chance.below(text.length);
    const to = Math.min(text.length, at + chance.below(20));
    return chance.pick([
      () => text.slice(0, at) + text.slice(to),
      () => text.slice(0, at) + String.fromCharCode(chance.below(0x300)) + text.slice(at),
      () =>
        text.slice(0, at) +
        chance.pick(['{', '}', '(', ')', '"', '"""', '\\', '$', '@', '...', '#', '\n', '[', ']', '!', '&']) +
        text.slice(to),
      () => text.slice(0, to) + text.slice(at),
      () => text.slice(0, at) + text.slice(at, to).repeat(40) + text.slice(to),
    ])();
  }
}

/** JSON as GraphQL writes it. */
function literal(value: unknown, type: GraphQLNamedType): string {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, type)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = isInputObjectType(type) ? type.getFields() : {};
    return `{ ${Object.entries(value)
      .map(([name, inner]) => `${name}: ${literal(inner, getNamedType(fields[name]?.type) ?? type)}`)
      .join(', ')} }`;
  }
  return isEnumType(type) && typeof value === 'string' && /^[A-Z_]+$/.test(value) ? value : JSON.stringify(value);
}
