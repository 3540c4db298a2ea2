import type { Onboarding } from '../terms/document.ts';

export type OnboardingStep = Onboarding['steps'][number];
export type EnrollmentStatus = OnboardingStep | 'rejected' | 'suspended' | 'terminated';
/** What moves an application on. */
export type OnboardingAct = 'approve' | 'sendContract' | 'signContract';

/**
 * The steps that an act takes from a status, in order; none: it was taken before. Null: it is not its turn by the terms.
 * Where nothing but the approval stands before being active, the approval makes active.
 */
export function stepsTaken(steps: readonly OnboardingStep[], status: EnrollmentStatus, act: OnboardingAct): OnboardingStep[] | null {
  const target = targetOf(steps, act);
  if (target === undefined) return null;
  const at = steps.indexOf(status as OnboardingStep);
  const to = steps.indexOf(target);
  if (at >= to) return [];
  if (at !== to - 1) return null;
  return act === 'approve' && steps[to + 1] === 'active' ? [target, 'active'] : [target];
}

function targetOf(steps: readonly OnboardingStep[], act: OnboardingAct): OnboardingStep | undefined {
  switch (act) {
    case 'approve':
      return steps.includes('approved') ? 'approved' : steps[1] === 'active' ? 'active' : undefined;
    case 'sendContract':
      return steps.includes('contract-sent') ? 'contract-sent' : undefined;
    case 'signContract':
      return steps.includes('contract-sent') ? 'active' : undefined;
  }
}

/** The steps from a status on; from one that is no step, all of them. */
export function stepsAfter(steps: readonly OnboardingStep[], status: EnrollmentStatus | null): OnboardingStep[] {
  return steps.slice(steps.indexOf(status as OnboardingStep) + 1);
}
