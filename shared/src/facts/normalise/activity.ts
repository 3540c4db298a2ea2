import type { ActivityContent } from '../content.ts';
import { FieldReader } from '../fields.ts';
import { type FactForm, finish, type Normal, type Optional } from './form.ts';

export interface ActivityInput {
  id: string;
  affiliate: string;
  kind: string;
  amount?: Optional<string>;
  occurredAt?: Optional<string | number>;
}

export function normaliseActivity(input: ActivityInput, form: FactForm, now: number): Normal<ActivityContent> {
  const read = new FieldReader();
  const when = read.instant(input.occurredAt, now, ['occurredAt']);
  if (!form.activities.includes(input.kind)) {
    read.refuse(
      ['kind'],
      form.activities.length === 0
        ? 'The program has no points for activity.'
        : `"${input.kind}" is not one of ${form.activities.join(', ')}.`,
    );
  }
  const content: ActivityContent = {
    id: read.id(input.id, ['id']),
    affiliate: read.id(input.affiliate, ['affiliate']),
    kind: input.kind,
    amount: read.amount(input.amount, form.currencyExponent, ['amount']),
    occurredAt: when.given,
  };
  return finish(read, content, when.at);
}
