import { readTerms, type Terms } from '@tributary/shared/terms';
import { formatInstant } from '@tributary/shared/time';
import { done, type Outcome, type UserError, userError } from '../../platform/graphql/user-error.ts';
import type { Program } from './program.entity.ts';

export const noProgram = (key: string): UserError =>
  userError('NOT_FOUND', `There is no program ${JSON.stringify(key.slice(0, 80))}`, ['program']);

/** The document behind a text, or everything that is wrong with it. The path of an error goes on inside the document. */
export function readDocument(text: string): Outcome<Terms> {
  const result = readTerms(text);
  if (result.ok) return done(result.terms);
  const steps = (path: string) => path.split(/[.[\]]+/).filter((step) => step !== '');
  return { errors: result.findings.map(({ path, message }) => userError('INVALID', message, ['document', ...steps(path)])) };
}

/** Why these terms can't follow the program's earlier ones. */
export function checkSuccession(program: Program, before: Terms | undefined, terms: Terms, holdsFrom: number, now: number): UserError[] {
  const errors: UserError[] = [];
  if (before !== undefined && before.program.currency !== terms.program.currency) {
    const message = `The program's prices are in ${before.program.currency}; that can't change to ${terms.program.currency}`;
    errors.push(userError('INVALID', message, ['document', 'program', 'currency']));
  }
  if (before !== undefined && before.reward.exponent !== terms.reward.exponent) {
    const message = `Amounts of the program have ${before.reward.exponent} decimal places; that can't change to ${terms.reward.exponent}`;
    errors.push(userError('INVALID', message, ['document', 'reward', 'exponent']));
  }
  if (terms.program.key !== program.key) {
    errors.push(
      userError('INVALID', `The document is of the program ${terms.program.key}, not ${program.key}`, ['document', 'program', 'key']),
    );
  }
  if (terms.reward.unit !== program.unit) {
    errors.push(
      userError('INVALID', `The program pays in ${program.unit}; its books can't change to ${terms.reward.unit}`, [
        'document',
        'reward',
        'unit',
      ]),
    );
  }
  if (holdsFrom < now) {
    const message = `It would change what is past: it is ${formatInstant(now)} already. Orders keep the terms of the day on which they were placed`;
    errors.push(userError('INVALID', message, ['holdsFrom']));
  }
  return errors;
}
