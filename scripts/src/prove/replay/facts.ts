import type { Fact } from '@tributary/api';
import type { Item } from './timeline.ts';

type Attributes = Readonly<Record<string, string | number | boolean>>;
type Content = Record<string, unknown> & { attributes?: Attributes; lines?: { attributes?: Attributes }[] };

/** A fact as callers tell it, from the normal form in which it is kept. */
export function factOf({ kind, content }: Item): Fact {
  const told = JSON.parse(content) as Content;
  switch (kind) {
    case 'click': {
      // What was shown instead is found anew.
      const { shownProduct, shownPage, ...input } = told;
      return { kind, input: asTold(input) } as unknown as Fact;
    }
    case 'registration':
    case 'event':
    case 'activity':
      return { kind, input: asTold(told) } as unknown as Fact;
    case 'order': {
      const lines = told.lines?.map((line) => asTold(line));
      return { kind, input: { ...asTold(told), lines } } as unknown as Fact;
    }
    case 'correction':
      return { kind, content: told } as unknown as Fact;
    default:
      throw new Error(`A ${kind} is no fact`);
  }
}

/** Attributes go in as a list of texts. */
function asTold<T extends { attributes?: Attributes }>({ attributes, ...rest }: T): object {
  if (!attributes || Object.keys(attributes).length === 0) return rest;
  return { ...rest, attributes: Object.entries(attributes).map(([name, value]) => ({ name, value: String(value) })) };
}
