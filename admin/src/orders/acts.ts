import { graphql } from '../api/graphql.ts';

/** What staff tell of an order, and how they put it right. */
export const tellEvent = graphql(`
  mutation TellEvent($input: RecordOrderEventInput!) { recordOrderEvent(input: $input) { userErrors { code message path } } }
`);
export const undoEvent = graphql(`
  mutation UndoEvent($input: UndoOrderEventInput!) { undoOrderEvent(input: $input) { userErrors { code message path } } }
`);
export const voidOrder = graphql(`
  mutation VoidOrder($input: VoidOrderInput!) { voidOrder(input: $input) { userErrors { code message path } } }
`);
export const attributeOrder = graphql(`
  mutation AttributeOrder($input: AttributeOrderInput!) { attributeOrder(input: $input) { userErrors { code message path } } }
`);
