import type { Session } from './session.ts';

const MAX_ORDERS = 6;

interface Explained {
  readonly commission: { readonly explanation: { readonly sentences: readonly string[] } | null } | null;
}

/** Why these orders were decided as they were, in sentences. Nothing where the API can't say. */
export async function explain(session: Session, orders: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const id of orders.slice(0, MAX_ORDERS)) lines.push(...(await sentencesOf(session, id)));
  if (orders.length > MAX_ORDERS) lines.push(`and ${orders.length - MAX_ORDERS} more orders`);
  return lines;
}

async function sentencesOf(session: Session, id: string): Promise<string[]> {
  const query =
    'query ($program: String!, $id: String!) { order(program: $program, id: $id) { commission { explanation { sentences } } } }';
  try {
    const { order } = (await session.ask(query, { program: session.program, id })) as { order: Explained | null };
    const sentences = order?.commission?.explanation?.sentences;
    return sentences ? [`why order ${id}:`, ...sentences.map((sentence) => `  ${sentence}`)] : [`order ${id} has no decision`];
  } catch (error) {
    return [`order ${id} can't be explained: ${(error as Error).message}`];
  }
}
