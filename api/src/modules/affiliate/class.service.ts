import { formatDecimal } from '@tributary/shared/money';
import { isHigherClass, missingToClass, neededFor } from '@tributary/shared/people';
import type { Classes, ClassMeasure } from '@tributary/shared/terms';
import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, ruleError, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { noteChange } from '../audit/index.ts';
import { type Act, addEvents, onEnrollment, revisitOrders, update, type Whose } from './act.ts';
import { CLASS_REQUEST_COLUMNS, type ClassEvidence, type ClassRequest, type ClassRequestRow, classRequestOf } from './affiliate.entity.ts';
import { notActive, unknownClass } from './affiliate.errors.ts';
import { readText } from './enrollment.service.ts';
import { measureBy, measured, pairKey } from './measures.ts';

/** How affiliates rise: they ask, staff check what it needs and approve or refuse. It stands among the requests to staff, too. */
export class ClassService {
  request(context: Context, whose: Whose, wanted: string): Promise<Outcome<ClassRequest>> {
    return onEnrollment(context, whose, async (on) => {
      const asked = await requestClass(on, wanted);
      const { requests } = context.services;
      if (asked.value) await requests.began(on, { kind: 'class', subject: wanted, refId: asked.value.id });
      return asked;
    });
  }

  approve(context: Context, whose: Whose): Promise<Outcome<ClassRequest>> {
    return onEnrollment(context, whose, async (on) => {
      const approved = await approveClass(on);
      if (approved.value) await context.services.requests.ended(on, approved.value.id, 'grant', null);
      return approved;
    });
  }

  refuse(context: Context, whose: Whose, why: string | null): Promise<Outcome<ClassRequest>> {
    const reason = why === null ? null : readText(why, 'reason');
    if (reason !== null && typeof reason !== 'string') return Promise.resolve(refused(reason));
    return onEnrollment(context, whose, async (on) => {
      const turnedDown = await refuseClass(on, reason);
      if (turnedDown.value) await context.services.requests.ended(on, turnedDown.value.id, 'refuse', reason);
      return turnedDown;
    });
  }
}

export async function requestClass(on: Act, wanted: string): Promise<Outcome<ClassRequest>> {
  const { terms } = on.compiled;
  const { classes } = terms;
  if (classes === undefined || !classes.names.includes(wanted)) return refused(unknownClass(wanted, classes?.names ?? []));
  if (on.enrollment.status !== 'active') return refused(notActive(terms, on.enrollment.status));
  const last = await lastRequest(on);
  if (last?.status === 'requested') {
    if (last.class === wanted) return done(last);
    return refused(userError('CONFLICT', `A request for the class ${last.class} is open already.`, ['class']));
  }
  if (!isHigherClass(classes, wanted, on.enrollment.class))
    return refused(userError('INVALID', `The affiliate is ${on.enrollment.class} already; ${wanted} is not above that.`, ['class']));
  const weighed = await weigh(on, classes, wanted);
  return weighed.errors ? weighed : done(await insertRequest(on, wanted, weighed.value));
}

/** The class holds for orders placed from now on. What it needs is checked again: orders may have been refunded since. */
export async function approveClass(on: Act): Promise<Outcome<ClassRequest>> {
  const { terms } = on.compiled;
  const request = await lastRequest(on);
  if (request === undefined) return noRequest();
  if (request.status !== 'requested') return request.status === 'approved' ? done(request) : noRequest();
  if (on.enrollment.status !== 'active') return refused(notActive(terms, on.enrollment.status));
  const { classes } = terms;
  if (classes === undefined || !classes.names.includes(request.class)) return refused(unknownClass(request.class, classes?.names ?? []));
  const weighed = await weigh(on, classes, request.class);
  if (weighed.errors) return weighed;
  await addEvents(on, [{ kind: 'class', value: request.class }]);
  await update(on, { class: request.class });
  await revisitOrders(on, 'class', on.now);
  return done(await answer(on, request, 'approved', null));
}

export async function refuseClass(on: Act, reason: string | null): Promise<Outcome<ClassRequest>> {
  const request = await lastRequest(on);
  if (request?.status === 'refused') return done(request);
  return request?.status === 'requested' ? done(await answer(on, request, 'refused', reason)) : noRequest();
}

/** The affiliate asks for it no longer. */
export async function withdrawClass(on: Act): Promise<Outcome<ClassRequest>> {
  const request = await lastRequest(on);
  return request?.status === 'requested' ? done(await answer(on, request, 'withdrawn', null)) : noRequest();
}

function noRequest(): Outcome<never> {
  return refused(userError('NOT_FOUND', 'No request for a class is open.', ['affiliate']));
}

async function lastRequest({ tx, enrollment }: Act): Promise<ClassRequest | undefined> {
  const text = `select ${CLASS_REQUEST_COLUMNS} from class_request r where r.affiliate_id = $1 and r.program_id = $2 order by r.id desc limit 1`;
  const found = await row<ClassRequestRow>(tx, text, [enrollment.affiliateId, enrollment.programId]);
  return found && classRequestOf(found);
}

/** What carries the class by now, or why that is too little. */
async function weigh({ tx, compiled, enrollment }: Act, classes: Classes, wanted: string): Promise<Outcome<ClassEvidence>> {
  const by = measureBy(compiled, classes.measure);
  const sums = await measured(tx, by.measure, [enrollment], () => compiled.currencyExponent);
  const minor = sums.get(pairKey(enrollment)) ?? 0n;
  const missing = missingToClass(classes, wanted, minor, by.exponent);
  if (missing === 0n) {
    const { measure, unit, exponent } = by;
    return done({ measure, unit, exponent, measured: minor, needed: neededFor(classes, wanted, exponent) });
  }
  const amount = `${formatDecimal(missing, by.exponent)}${by.unit === null ? '' : ` ${by.unit}`}`;
  return refused(ruleError(classes.rise.id, `${MEASURE_WORDS[by.measure]} for the class ${wanted} are short of ${amount}.`, ['class']));
}

const MEASURE_WORDS: Record<ClassMeasure, string> = {
  'paid-sales': 'Paid sales',
  'paid-orders': 'Paid orders',
  'paying-customers': 'Paying customers',
  commission: 'Commissions',
};

async function insertRequest({ tx, enrollment, now }: Act, wanted: string, evidence: ClassEvidence): Promise<ClassRequest> {
  const request: ClassRequest = {
    id: newId(),
    affiliateId: enrollment.affiliateId,
    programId: enrollment.programId,
    class: wanted,
    status: 'requested',
    requestedAt: new Date(now),
    answeredAt: null,
    answeredBy: null,
    reason: null,
    evidence,
  };
  await rows(
    tx,
    `insert into class_request (affiliate_id, program_id, id, class, status, requested_at, measure, measured, needed, unit, exponent)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      request.affiliateId,
      request.programId,
      request.id,
      request.class,
      request.status,
      request.requestedAt,
      evidence.measure,
      evidence.measured,
      evidence.needed,
      evidence.unit,
      evidence.exponent,
    ],
  );
  return request;
}

async function answer(
  { tx, now, by }: Act,
  request: ClassRequest,
  status: 'approved' | 'refused' | 'withdrawn',
  reason: string | null,
): Promise<ClassRequest> {
  const answered = { ...request, status, answeredAt: new Date(now), answeredBy: by, reason };
  noteChange(tx, { before: { request: request.status }, after: { request: status } });
  await rows(
    tx,
    'update class_request set status = $4, answered_at = $5, answered_by = $6, reason = $7 where affiliate_id = $1 and program_id = $2 and id = $3',
    [request.affiliateId, request.programId, request.id, status, answered.answeredAt, by, reason],
  );
  return answered;
}
