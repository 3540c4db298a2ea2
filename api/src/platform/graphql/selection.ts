import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

/** The fields that a query asks of a node of a connection, as paths: `order.externalId`. With those that directives may leave out. */
export function nodeFields(info: GraphQLResolveInfo): Set<string> {
  const found = new Set<string>();
  const visit = (set: SelectionSetNode | undefined, prefix: string): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet, prefix);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) visit(info.fragments[selection.name.value]?.selectionSet, prefix);
      else if (selection.selectionSet) visit(selection.selectionSet, `${prefix}${selection.name.value}.`);
      else found.add(`${prefix}${selection.name.value}`);
    }
  };
  for (const { selectionSet } of info.fieldNodes) visit(selectionSet, '');
  const ofNode = [...found].flatMap((path) => {
    const [, field] = /^(?:nodes|edges\.node)\.(.*)$/.exec(path) ?? [];
    return field === undefined ? [] : [field];
  });
  return new Set(ofNode);
}
