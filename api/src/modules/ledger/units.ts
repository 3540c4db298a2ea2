import type { Terms } from '@tributary/shared/terms';
import type { TermsOfProgram } from '../program/index.ts';

/** What a program pays in: its reward first, then what it gives for activity. */
export interface Unit {
  readonly unit: string;
  readonly exponent: number;
  /** Earned by referrals; the other is earned by activity. */
  readonly isReward: boolean;
}

const known = new WeakMap<Terms, readonly Unit[]>();

/** By the newest terms: a program's units never change. */
export function unitsOf({ versions }: TermsOfProgram): readonly Unit[] {
  const { document } = versions[versions.length - 1]!;
  let units = known.get(document);
  if (units === undefined) {
    const { reward, activity } = document;
    units = [
      { unit: reward.unit, exponent: reward.exponent, isReward: true },
      ...(activity === undefined ? [] : [{ unit: activity.unit, exponent: activity.exponent, isReward: false }]),
    ];
    known.set(document, units);
  }
  return units;
}

export function exponentOf(units: readonly Unit[], unit: string): number {
  return units.find((item) => item.unit === unit)?.exponent ?? 0;
}
