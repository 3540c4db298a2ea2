import { FieldReader } from '@tributary/shared/facts';
import { formatFactor, parseFactor } from '@tributary/shared/money';
import { type OnboardingAct, stepsTaken, valueAt } from '@tributary/shared/people';
import { foldChannel } from '@tributary/shared/terms';
import type { Context } from '../../context.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { whyBarred } from '../../sanctions/index.ts';
import { noteChange } from '../audit/index.ts';
import { type Act, addEvents, onEnrollment, revisitOrders, setStatus, type Whose } from './act.ts';
import type { Enrollment } from './affiliate.entity.ts';
import { invalid, outOfOrder } from './affiliate.errors.ts';

const LONGEST_REASON = 1000;

/** What staff and affiliates decide about an enrollment. Each act is kept with its time and who did it. */
export class EnrollmentService {
  /** A step of the onboarding; one that was taken before changes nothing. */
  step(context: Context, whose: Whose, act: OnboardingAct): Promise<Outcome<Enrollment>> {
    return onEnrollment(context, whose, async (on) => {
      const steps = await nextSteps(on, act);
      return steps.errors ? steps : done(await setStatus(on, steps.value));
    });
  }

  /** The contract says on which version of the terms it is. Sent again after these have changed, it is another one. */
  sendContract(context: Context, whose: Whose): Promise<Outcome<Enrollment>> {
    return onEnrollment(context, whose, async (on) => {
      const steps = await nextSteps(on, 'sendContract');
      if (steps.errors) return steps;
      if (steps.value.length > 0 || on.enrollment.status === 'contract-sent') await context.services.contracts.sent(on);
      return done(await setStatus(on, steps.value));
    });
  }

  /** `hash`: of the contract that was read; one that is no longer the last is not signed by it. */
  signContract(context: Context, whose: Whose, hash: string | null): Promise<Outcome<Enrollment>> {
    return onEnrollment(context, whose, async (on) => {
      const steps = await nextSteps(on, 'signContract');
      if (steps.errors) return steps;
      const refusal = steps.value.length > 0 ? await context.services.contracts.signed(on, hash) : null;
      return refusal === null ? done(await setStatus(on, steps.value)) : refused(refusal);
    });
  }

  reject(context: Context, whose: Whose, reason: string): Promise<Outcome<Enrollment>> {
    return this.end(context, whose, reason, 'rejected', ['applied']);
  }

  suspend(context: Context, whose: Whose, reason: string): Promise<Outcome<Enrollment>> {
    return this.end(context, whose, reason, 'suspended', ['active']);
  }

  terminate(context: Context, whose: Whose, reason: string): Promise<Outcome<Enrollment>> {
    return this.end(context, whose, reason, 'terminated', ['approved', 'contract-sent', 'active', 'suspended']);
  }

  reinstate(context: Context, whose: Whose): Promise<Outcome<Enrollment>> {
    return onEnrollment(context, whose, async (on) => {
      if (on.enrollment.status === 'suspended') {
        const barred = await whyBarred(on.tx, on.enrollment.affiliateId);
        return barred === null ? done(await setStatus(on, ['active'])) : refused(barred);
      }
      const before = on.history.filter(({ kind }) => kind === 'status').at(-2)?.value;
      return on.enrollment.status === 'active' && before === 'suspended' ? done(on.enrollment) : turnedAway(on, 'reinstate');
    });
  }

  /** A document of the program or of its terms: the version in force, where it has versions. Accepted once, it stays accepted. */
  acceptDocument(context: Context, whose: Whose, document: string, version: number | null): Promise<Outcome<Enrollment>> {
    return onEnrollment(context, whose, async (on) => {
      const { found, names } = await context.services.documents.toAccept(on.tx, on.program.id, document, on.now);
      const known = [...new Set([...(on.compiled.terms.onboarding.documents ?? []), ...names])];
      if (!known.includes(document)) {
        const there = known.length === 0 ? 'the program has none' : `there is ${known.join(', ')}`;
        return refused(userError('INVALID', `${JSON.stringify(document.slice(0, 80))} is no document to accept; ${there}.`, ['document']));
      }
      if (version !== null && version !== found?.number) {
        const holds = found === null ? 'It has no versions.' : `Version ${found.number} is the one to read and accept.`;
        return refused(userError('CONFLICT', holds, ['version']));
      }
      const isAccepted = on.history.some(
        ({ kind, value, subject }) => kind === 'document' && value === document && (found === null || Number(subject ?? 0) >= found.number),
      );
      if (!isAccepted) await addEvents(on, [{ kind: 'document', value: document, subject: found === null ? null : String(found.number) }]);
      return done(on.enrollment);
    });
  }

  /** From now on clicks through the channel count, or no longer do. */
  permit(context: Context, whose: Whose, channel: string, value: 'granted' | 'revoked'): Promise<Outcome<Enrollment>> {
    const name = readChannel(channel);
    if (typeof name !== 'string') return Promise.resolve(refused(name));
    return onEnrollment(context, whose, (on) => permitChannel(on, name, value));
  }

  /** Scales what orders earn that are placed from now on. */
  setQualityFactor(context: Context, whose: Whose, text: string, why: string): Promise<Outcome<Enrollment>> {
    const factor = parseFactor(text);
    if (factor === null)
      return Promise.resolve(refused(userError('INVALID', 'A quality factor lies between 0 and 1, such as "0.5".', ['factor'])));
    const reason = readText(why, 'reason');
    if (typeof reason !== 'string') return Promise.resolve(refused(reason));
    return onEnrollment(context, whose, async (on) => {
      if (!on.compiled.terms.adjustments.some(({ kind }) => kind === 'quality-factor'))
        return refused(userError('INVALID', 'The terms of the program know no quality factor.'));
      const value = formatFactor(factor);
      const before = valueAt(on.history, 'quality-factor', on.now);
      noteChange(on.tx, { before: { factor: before ?? null }, after: { factor: value } });
      if (before !== value) {
        await addEvents(on, [{ kind: 'quality-factor', value, reason }]);
        await revisitOrders(on, 'quality-factor', on.now);
      }
      return done(on.enrollment);
    });
  }

  private end(
    context: Context,
    whose: Whose,
    why: string,
    status: 'rejected' | 'suspended' | 'terminated',
    from: readonly Enrollment['status'][],
  ): Promise<Outcome<Enrollment>> {
    const reason = readText(why, 'reason', LONGEST_REASON);
    if (typeof reason !== 'string') return Promise.resolve(refused(reason));
    return onEnrollment(context, whose, async (on) => {
      if (on.enrollment.status === status) return done(on.enrollment);
      return from.includes(on.enrollment.status) ? done(await setStatus(on, [status], reason)) : turnedAway(on, status);
    });
  }
}

/** The name of a channel, or why it is none. */
export function readChannel(channel: string): string | UserError {
  const name = readText(channel, 'channel', 100);
  return typeof name === 'string' && foldChannel(name) === ''
    ? userError('INVALID', 'A channel has letters or digits.', ['channel'])
    : name;
}

export async function permitChannel(on: Act, name: string, value: 'granted' | 'revoked'): Promise<Outcome<Enrollment>> {
  const folded = foldChannel(name);
  const standing = valueAt(on.history, 'permission', on.now, (subject) => foldChannel(subject) === folded);
  if (standing === undefined && value === 'revoked')
    return refused(userError('NOT_FOUND', `There is no permission for ${JSON.stringify(name)}.`, ['channel']));
  if (standing !== value) await addEvents(on, [{ kind: 'permission', value, subject: name }]);
  return done(on.enrollment);
}

/** The statuses that an act of the onboarding leads through; none: it was done before. Or why it is turned away. */
async function nextSteps(on: Act, act: OnboardingAct): Promise<Outcome<Enrollment['status'][]>> {
  const steps = stepsTaken(on.compiled.terms.onboarding.steps, on.enrollment.status, act);
  if (steps === null) return turnedAway(on, act);
  const barred = steps.length > 0 ? await whyBarred(on.tx, on.enrollment.affiliateId) : null;
  return barred === null ? done(steps) : refused(barred);
}

function turnedAway({ compiled, enrollment }: Act, act: string): Outcome<never> {
  return refused(outOfOrder(compiled.terms, enrollment.status, act));
}

/** A text that has to say something, trimmed; or why it is none. */
export function readText(text: string, field: string, longest = LONGEST_REASON): string | UserError {
  const read = new FieldReader();
  const value = read.text(text, [field], longest)?.trim();
  if (value === '') read.refuse([field], 'It may not be empty.');
  return read.refusal === null ? (value as string) : invalid(read.refusal);
}
