import type { RegistrationContent } from '../content.ts';
import { FieldReader } from '../fields.ts';
import { type AttributeInput, type FactForm, finish, type Normal, type Optional } from './form.ts';

export interface RegistrationInput {
  customer: string;
  visitor?: Optional<string>;
  click?: Optional<string>;
  referralCode?: Optional<string>;
  phone?: Optional<string>;
  attributes?: Optional<AttributeInput[]>;
  occurredAt?: Optional<string | number>;
}

export function normaliseRegistration(
  input: RegistrationInput,
  form: FactForm,
  now: number,
): Normal<RegistrationContent & { phone?: string }> {
  const read = new FieldReader();
  const when = read.instant(input.occurredAt, now, ['occurredAt']);
  const content: RegistrationContent & { phone?: string } = {
    customer: read.pseudonym(input.customer, ['customer']),
    visitor: read.optionalPseudonym(input.visitor, ['visitor']),
    click: read.optionalId(input.click, ['click']),
    referralCode: read.optionalId(input.referralCode, ['referralCode']),
    phone: read.text(input.phone, ['phone'], 40),
    attributes: read.attributes(input.attributes, 'customer', form.declared, ['attributes']),
    occurredAt: when.given,
  };
  return finish(read, content, when.at);
}
