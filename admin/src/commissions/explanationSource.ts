import type { Ask } from '../api/client.ts';
import { notFound } from '../api/errors.ts';
import { graphql, type ResultOf } from '../api/graphql.ts';
import { programId } from '../provider/source.ts';

const explanationDocument = graphql(`
  query Explanation($program: String!, $order: String!) {
    commission(program: $program, order: $order) {
      program { key name }
      status
      amount { value unit }
      expired { value unit }
      because
      availableAt
      expiresAt
      decidedAt
      revision
      cause
      termsVersion { number }
      lines { sku amount { value unit } }
      explanation {
        steps {
          rule
          also
          subject
          sentence
          clauseText
          source
          assumed
          assumption
          facts { name value }
          amountAfter { value unit }
        }
      }
    }
  }
`);

export type ExplainedCommission = NonNullable<ResultOf<typeof explanationDocument>['commission']>;
export type ExplainedStep = ExplainedCommission['explanation']['steps'][number];

/** What an order earns and why. */
export async function explain(ask: Ask, place: string): Promise<ExplainedCommission> {
  const { program, id: order } = programId.read(place);
  const { commission } = await ask(explanationDocument, { program, order });
  if (!commission) throw notFound('order', order);
  return commission;
}
