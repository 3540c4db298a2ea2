import type { ActKind, Step, StepContents } from '../model.ts';
import type { Act, Telling, ToAct, Upload } from './act.ts';
import { batches } from './batches.ts';
import { cases } from './cases.ts';
import { facts } from './facts.ts';
import { money } from './money.ts';
import { people } from './people.ts';
import { promotion } from './promotion.ts';
import { requests } from './requests.ts';
import { sanctions } from './sanctions.ts';
import { staff } from './staff.ts';

const acts: { [K in ActKind]: ToAct<StepContents[K]> } = {
  ...people,
  ...facts,
  ...staff,
  ...money,
  ...batches,
  ...requests,
  ...cases,
  ...sanctions,
  ...promotion,
};

/** Facts have an instant of their own; acts happen when they are done. */
const MAY_BE_LATE: ReadonlySet<string> = new Set(Object.keys(facts));
const MONEY_OUT: ReadonlySet<string> = new Set([...Object.keys(money), ...Object.keys(batches)]);

export function actOf(step: Step, telling: Telling): Act | Upload | Promise<Act | Upload> {
  return (acts[step.kind as ActKind] as ToAct<unknown>)(step.content, telling);
}

export function mayBeLate(step: Step): boolean {
  return MAY_BE_LATE.has(step.kind);
}

/** May it take money or points from what an affiliate has? */
export function movesMoneyOut(step: Step): boolean {
  return MONEY_OUT.has(step.kind);
}
