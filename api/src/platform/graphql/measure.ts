import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { MAX_FIRST } from './connection.ts';
import { weightOf } from './weight.ts';

/** What an operation asks for, fragments taken out of their names. */
export interface Size {
  /** Of fields in fields; `Infinity`: deeper than anybody looks. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields as written. */
  readonly selections: number;
  /** Fields at the root: each is a query or an act of its own. */
  readonly roots: number;
  /** Fields as answered at most: lists by the length asked for, and acts and counts by what they are to the database. */
  readonly cost: number;
}

const NOTHING: Size = { depth: 0, aliases: 0, directives: 0, selections: 0, roots: 0, cost: 0 };
const DEEPEST = 64;
/** Of lists that have no `first`: an order's lines, an affiliate's programs. */
const PLAIN_LENGTH = 10;
/** Of a list whose `first` is not said. */
const DEFAULT_LENGTH = 20;
/** An act writes and commits. */
const ACT_COST = 20;
/** `totalCount` counts a whole list. */
const COUNT_COST = 20;

/** Measures the operations of a document. Types that there are not are nobody's concern here: the standard rules say so. */
export function measure(schema: GraphQLSchema, document: DocumentNode): Size[] {
  const meter = new Meter(schema, document);
  return document.definitions.flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? [meter.operation(definition)] : []));
}

class Meter {
  private readonly schema: GraphQLSchema;
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly known = new Map<string, Size>();
  private readonly open = new Set<string>();

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.schema = schema;
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
  }

  operation({ operation, selectionSet, directives = [] }: OperationDefinitionNode): Size {
    const size = this.set(selectionSet, this.schema.getRootType(operation) ?? undefined, { level: 1, length: 1 });
    const acts = operation === 'mutation' ? size.roots * ACT_COST : 0;
    return { ...size, directives: size.directives + directives.length, cost: size.cost + acts };
  }

  /** `length`: of the list whose items the set is asked of, where they stand one level below, in `nodes` or `edges`. */
  private set(set: SelectionSetNode, type: GraphQLNamedType | undefined, place: { level: number; length: number }): Size {
    if (place.level > DEEPEST) return { ...NOTHING, depth: Number.POSITIVE_INFINITY };
    return set.selections.reduce<Size>((sum, selection) => {
      const directives = selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) return add(sum, this.field(selection, type, place), directives);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return add(sum, this.fragment(selection.name.value, place), directives);
      const inner = selection.typeCondition ? this.schema.getType(selection.typeCondition.name.value) : type;
      return add(sum, this.set(selection.selectionSet, inner, { ...place, level: place.level + 1 }), directives);
    }, NOTHING);
  }

  private field(node: FieldNode, parent: GraphQLNamedType | undefined, { level, length }: { level: number; length: number }): Size {
    const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
    const pages = field?.args.some(({ name }) => name === 'first') ?? false;
    const inner = node.selectionSet
      ? this.set(node.selectionSet, field && getNamedType(field.type), { level: level + 1, length: pages ? firstOf(node) : 1 })
      : NOTHING;
    const times = field && isList(field) ? (length > 1 ? length : PLAIN_LENGTH) : 1;
    const own = node.name.value === 'totalCount' ? COUNT_COST : weightOf(field?.extensions);
    return {
      depth: inner.depth + 1,
      aliases: inner.aliases + (node.alias ? 1 : 0),
      directives: inner.directives,
      selections: inner.selections + 1,
      roots: 1,
      cost: own + times * inner.cost,
    };
  }

  private fragment(name: string, place: { level: number; length: number }): Size {
    const fragment = this.fragments.get(name);
    // That it is missing or goes in circles is for the standard rules to say.
    if (!fragment || this.open.has(name)) return NOTHING;
    const key = `${name} ${place.length}`;
    let size = this.known.get(key);
    if (!size) {
      this.open.add(name);
      const type = this.schema.getType(fragment.typeCondition.name.value);
      size = this.set(fragment.selectionSet, type, { ...place, level: place.level + 1 });
      this.open.delete(name);
      this.known.set(key, size);
    }
    return size;
  }
}

function add(a: Size, b: Size, directives: number): Size {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    directives: a.directives + b.directives + directives,
    selections: a.selections + b.selections,
    roots: a.roots + b.roots,
    cost: a.cost + b.cost,
  };
}

function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(getNullableType(type));
}

/** What is not written in the document may be as long as a page can be. */
function firstOf({ arguments: given = [] }: FieldNode): number {
  const first = given.find(({ name }) => name.value === 'first')?.value;
  if (first === undefined) return DEFAULT_LENGTH;
  return first.kind === Kind.INT ? Math.min(Math.max(Number(first.value), 2), MAX_FIRST) : MAX_FIRST;
}
