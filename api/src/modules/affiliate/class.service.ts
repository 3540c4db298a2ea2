import { formatDecimal } from '@tributary/shared/money';
import { isHigherClass, missingSales } from '@tributary/shared/people';
import type { Classes } from '@tributary/shared/terms';
import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, ruleError, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { noteChange } from '../audit/index.ts';
import { type Act, addEvents, onEnrollment, revisitOrders, update, type Whose } from './act.ts';
import { CLASS_REQUEST_COLUMNS, type ClassRequest } from './affiliate.entity.ts';
import { notActive, unknownClass } from './affiliate.errors.ts';
import { readText } from './enrollment.service.ts';
import { paidSalesOf, pairKey } from './sales.ts';

/** How affiliates rise: they ask, staff check the paid sales and approve or refuse. It stands among the requests to staff, too. */
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
  const lacking = await lackingSales(on, classes, wanted);
  return lacking === null ? done(await insertRequest(on, wanted)) : refused(lacking);
}

/** The class holds for orders placed from now on. The sales are checked again: they may have been refunded since. */
export async function approveClass(on: Act): Promise<Outcome<ClassRequest>> {
  const { terms } = on.compiled;
  const request = await lastRequest(on);
  if (request === undefined) return noRequest();
  if (request.status !== 'requested') return request.status === 'approved' ? done(request) : noRequest();
  if (on.enrollment.status !== 'active') return refused(notActive(terms, on.enrollment.status));
  const { classes } = terms;
  if (classes === undefined || !classes.names.includes(request.class)) return refused(unknownClass(request.class, classes?.names ?? []));
  const lacking = await lackingSales(on, classes, request.class);
  if (lacking !== null) return refused(lacking);
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

function lastRequest({ tx, enrollment }: Act): Promise<ClassRequest | undefined> {
  const text = `select ${CLASS_REQUEST_COLUMNS} from class_request r where r.affiliate_id = $1 and r.program_id = $2 order by r.id desc limit 1`;
  return row<ClassRequest>(tx, text, [enrollment.affiliateId, enrollment.programId]);
}

/** Why the paid sales do not carry the class; null: they do. */
async function lackingSales({ tx, compiled, enrollment }: Act, classes: Classes, wanted: string): Promise<UserError | null> {
  const exponent = compiled.currencyExponent;
  const sums = await paidSalesOf(tx, [enrollment], () => exponent);
  const missing = missingSales(classes, wanted, sums.get(pairKey(enrollment)) ?? 0n, exponent);
  if (missing === 0n) return null;
  const message = `Paid sales for the class ${wanted} are short of ${formatDecimal(missing, exponent)} ${compiled.terms.program.currency}.`;
  return ruleError(classes.rise.id, message, ['class']);
}

async function insertRequest({ tx, enrollment, now }: Act, wanted: string): Promise<ClassRequest> {
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
  };
  await rows(tx, 'insert into class_request (affiliate_id, program_id, id, class, status, requested_at) values ($1, $2, $3, $4, $5, $6)', [
    request.affiliateId,
    request.programId,
    request.id,
    request.class,
    request.status,
    request.requestedAt,
  ]);
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
