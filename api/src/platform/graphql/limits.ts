import { type ASTVisitor, type DocumentNode, GraphQLError, Kind, type SelectionSetNode, type ValidationContext } from 'graphql';
import { MAX_FIRST } from './connection.ts';

/** Bulk intake and terms documents are large; a document of ten megabytes has to get as far as its own refusal. */
export const MAX_BODY_BYTES = 12 * 1024 * 1024;
/** Of a query's text; values belong in variables. */
export const MAX_TOKENS = 50_000;
const MAX_DEPTH = 16;
const MAX_ALIASES = 200;
/** Fields as written, fragments taken out of their names. */
const MAX_SELECTIONS = 2_000;
/** Fields as answered at most, lists counted with the length asked for. */
const MAX_COST = 250_000;
const MAX_ROOT_FIELDS = 50;
const DEFAULT_LENGTH = 20;

interface Size {
  depth: number;
  aliases: number;
  selections: number;
  cost: number;
}

/** A validation rule: refuses what would be too much work, before anything else is looked at. */
export function limitsRule(context: ValidationContext): ASTVisitor {
  return {
    Document(document) {
      const problem = problemOf(document);
      if (!problem) return;
      const error = new GraphQLError(problem, { extensions: { limit: true } });
      // Reporting more than a document may have ends its validation: the rules beside this one would do the work that is refused.
      for (;;) context.reportError(error);
    },
    StringValue(node) {
      if (!node.value.includes('\0')) return;
      context.reportError(new GraphQLError('A text has a character that is none: U+0000', { nodes: node }));
    },
  };
}

function problemOf(document: DocumentNode): string | undefined {
  const measure = createMeasure(document);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, aliases, selections, cost } = measure(definition.selectionSet, 1);
    const rootFields = definition.selectionSet.selections.length;
    if (depth > MAX_DEPTH)
      return `The query is ${depth === Number.POSITIVE_INFINITY ? 'without end' : `${depth} levels deep`}; at most ${MAX_DEPTH} are allowed`;
    if (rootFields > MAX_ROOT_FIELDS) return `The query has ${rootFields} fields at its root; at most ${MAX_ROOT_FIELDS} are allowed`;
    if (aliases > MAX_ALIASES) return `The query has ${aliases} aliases; at most ${MAX_ALIASES} are allowed`;
    if (selections > MAX_SELECTIONS) return `The query selects ${selections} fields; at most ${MAX_SELECTIONS} are allowed`;
    if (cost > MAX_COST) return `The query may answer ${cost} fields; at most ${MAX_COST} are allowed. Ask for shorter lists`;
  }
  return undefined;
}

function createMeasure(document: DocumentNode): (set: SelectionSetNode, level: number) => Size {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const known = new Map<string, Size>();
  const open = new Set<string>();

  function measureFragment(name: string, level: number): Size {
    const fragment = fragments.get(name);
    // That it is missing or goes in circles is for the standard rules to say.
    if (!fragment || open.has(name)) return { depth: 0, aliases: 0, selections: 0, cost: 0 };
    const found = known.get(name);
    if (found) return found;
    open.add(name);
    const size = measure(fragment.selectionSet, level);
    open.delete(name);
    known.set(name, size);
    return size;
  }

  function measure(set: SelectionSetNode, level: number): Size {
    const size: Size = { depth: 0, aliases: 0, selections: 0, cost: 0 };
    if (level > MAX_DEPTH * 2) return { ...size, depth: Number.POSITIVE_INFINITY };
    for (const selection of set.selections) {
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? measureFragment(selection.name.value, level + 1)
          : selection.selectionSet
            ? measure(selection.selectionSet, level + 1)
            : { depth: 0, aliases: 0, selections: 0, cost: 0 };
      const isField = selection.kind === Kind.FIELD;
      size.depth = Math.max(size.depth, inner.depth + (isField ? 1 : 0));
      size.aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
      size.selections += inner.selections + (isField ? 1 : 0);
      size.cost += inner.cost * (isField ? lengthOf(selection) : 1) + (isField ? 1 : 0);
    }
    return size;
  }
  return measure;
}

type Selection = SelectionSetNode['selections'][number] & { kind: Kind.FIELD };

/** How long a list a field asks for; 1: it is none. */
function lengthOf(field: Selection): number {
  const first = field.arguments?.find(({ name }) => name.value === 'first')?.value;
  if (first?.kind === Kind.INT) return Math.min(Math.max(Number(first.value), 1), MAX_FIRST);
  if (first) return MAX_FIRST;
  const isConnection = field.selectionSet?.selections.some(
    (inner) => inner.kind === Kind.FIELD && (inner.name.value === 'nodes' || inner.name.value === 'edges'),
  );
  return isConnection ? DEFAULT_LENGTH : 1;
}
